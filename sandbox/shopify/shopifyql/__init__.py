"""ShopifyQL over the sales of the business: `parse` reads a query, `run` answers it from the truth."""
