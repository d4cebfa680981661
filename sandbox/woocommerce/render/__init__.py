"""The business's things as WooCommerce's REST API shows them."""
