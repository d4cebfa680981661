"""What the site reports of itself: WooCommerce Analytics, and the older sales report."""
