"""GraphQL as the vendor answers it: parsed and validated by graphql-core, executed by generated code.

`document` reads a query once, `rules` and `errors` word what is wrong with it, `compile` turns its selection
into Python functions, `careful` executes the few queries in which a field can fail half-way.
"""
