{# Marketplaces and other shops, by the names and hosts that sessions come from: of the sources by category that Google publishes beside its
   channel rules (support.google.com/analytics/answer/9756891). Compared whole, in lower case. #}
{% macro shopping_sources() -%}
    {{ return('
        aax-us-east.amazon-adsystem.com aax.amazon-adsystem.com alibaba alibaba.com amazon amazon.co.uk
        amazon.com apps.shopify.com checkout.shopify.com checkout.stripe.com cr.shopping.naver.com
        cr2.shopping.naver.com ebay ebay.co.uk ebay.com ebay.com.au ebay.de etsy etsy.com igshopping
        m.alibaba.com m.shopping.naver.com mercadolibre mercadolibre.com mercadolibre.com.ar mercadolibre.com.mx
        message.alibaba.com msearch.shopping.naver.com nl.shopping.net no.shopping.net offer.alibaba.com
        one.walmart.com order.shopping.yahoo.co.jp partners.shopify.com s3.amazonaws.com se.shopping.net
        shop.app shopify shopify.com shopping.naver.com shopping.yahoo.co.jp shopping.yahoo.com shopzilla
        shopzilla.com simplycodes.com store.shopping.yahoo.co.jp stripe stripe.com uk.shopping.net walmart
        walmart.com
    '.split() + ['google shopping']) }}
{%- endmacro %}
