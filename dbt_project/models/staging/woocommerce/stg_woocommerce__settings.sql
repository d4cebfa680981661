{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'settings'},
        'grain': 'account',
        'group_by': ['store_key'],
        'native_id': 'settings_id',
        'touches': [
            {
                'grain': 'account',
                'keys': [['account_id']],
                'compare': [
                    'account_id', 'time_zone_name', 'currency_code', 'price_decimals', 'excluded_report_statuses',
                    'report_date_type',
                ],
            },
            {'grain': 'store', 'keys': [['store_key']], 'compare': ['store_key', 'currency_code']},
        ],
    },
    indexes=[{'columns': ['store_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'settings') }}
),

sites as (
    select
        documents.*,
        site.*,
        {{ offset_time_zone(to_numeric('site.gmt_offset')) }} as offset_zone_name
    from documents
    {{ unpack_document('documents.document', 'site', {
        'home': 'text',
        'name': 'text',
        'timezone_string': 'text',
        'gmt_offset': 'text',
        'version': 'text',
        'settings': 'jsonb',
    }) }}
)

select
    {{ surrogate_key("'woocommerce'", 'account_id', "'store'") }} as store_key,
    account_id,
    id as settings_id,
    name as store_name,
    replace(replace(coalesce(home, id), 'https://', ''), 'http://', '') as domain,
    version,
    upper(nullif({{ json_text('settings', 'woocommerce_currency') }}, '')) as currency_code,
    -- a site has a zone or, instead, hours ahead of UTC
    case
        when timezone_string <> '' then {{ known_time_zone('timezone_string') }}
        else coalesce(offset_zone_name, 'UTC')
    end as time_zone_name,
    coalesce(nullif(timezone_string, ''), offset_zone_name, gmt_offset) as sent_time_zone_name,
    {{ json_text('settings', 'woocommerce_default_country') }} as default_country,
    {{ json_value('settings', 'woocommerce_excluded_report_order_statuses') }} as excluded_report_statuses,
    -- by which of its moments the site's reports count an order. WooCommerce sends its default too; where
    -- nobody may read it, the moment that every order has
    case
        when {{ json_text('settings', 'woocommerce_date_type') }} in ('date_paid', 'date_completed')
            then {{ json_text('settings', 'woocommerce_date_type') }}
        else 'date_created'
    end as report_date_type,
    settings,
    is_deleted,
    {{ json_text('settings', 'woocommerce_prices_include_tax') }} = 'yes' as is_tax_included,
    {{ json_text('settings', 'woocommerce_calc_taxes') }} = 'yes' as is_taxed,
    coalesce({{ to_integer(json_text('settings', 'woocommerce_price_num_decimals')) }}, 2) as price_decimals,
    observed_at,
    _dlt_load_id
from sites
