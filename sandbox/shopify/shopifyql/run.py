"""placeholder until truth exists"""
def answer(shop, query):
    return {"__typename":"ShopifyqlQueryResponse","tableData": None, "parseErrors": ["not yet"], "parseWarnings": []}
