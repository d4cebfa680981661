"""The business's objects in the vendor's shapes. A node renders a field when it is first asked for.

Nothing is rendered ahead: 200,000 orders stay a matter of the business's own memory, and a query pays for
the fields it selects.
"""
