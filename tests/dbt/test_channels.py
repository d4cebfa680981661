"""Google's default channel groups, rule by rule in their order, and what an address tells of its visit."""

from __future__ import annotations

from tests.dbt.conftest import House, nodes

PUBLISHED = [
    # source, medium, campaign, channel; each rule, and what the rules after it would have said
    ("(direct)", "(none)", "shopping", "Direct"),
    ("(Direct)", "(not set)", None, "Direct"),
    ("(direct)", "cpc", None, "Paid Other"),
    ("google", "cpc", "EU Cross-Network 3", "Cross-network"),
    ("amazon.com", "cpc", None, "Paid Shopping"),
    ("google", "cpc", "Shopping - all", "Paid Shopping"),
    ("google", "cpc", "eshop", "Paid Shopping"),
    ("google", "cpc", "workshop", "Paid Search"),
    ("google", "cpc", None, "Paid Search"),
    ("Bing", "PPC", None, "Paid Search"),
    ("google", "paid", None, "Paid Search"),
    ("google", "prepaid", None, "Organic Search"),
    ("google", "retargeting", None, "Paid Search"),
    ("google", "cpm", None, "Paid Search"),
    ("facebook", "paid_social", None, "Paid Social"),
    ("instagram.com", "cpc", None, "Paid Social"),
    ("tiktok", "paid", None, "Paid Social"),
    ("youtube.com", "view", None, "Organic Video"),
    ("youtube.com", "cpv", None, "Paid Video"),
    ("news.example", "display", None, "Display"),
    ("news.example", "banner", None, "Display"),
    ("news.example", "expandable", None, "Display"),
    ("news.example", "interstitial", None, "Display"),
    ("news.example", "cpm", None, "Display"),
    ("facebook", "banner", None, "Display"),
    ("news.example", "cpa", None, "Paid Other"),
    ("news.example", "cpc", None, "Paid Other"),
    ("news.example", "retargeting", None, "Paid Other"),
    ("etsy.com", "referral", None, "Organic Shopping"),
    ("news.example", "email", "shop the sale", "Organic Shopping"),
    ("m.facebook.com", "referral", None, "Organic Social"),
    ("news.example", "social-media", None, "Organic Social"),
    ("news.example", "sm", None, "Organic Social"),
    ("vimeo.com", "referral", None, "Organic Video"),
    ("news.example", "in-video", None, "Organic Video"),
    ("duckduckgo", "referral", None, "Organic Search"),
    ("news.example", "organic", None, "Organic Search"),
    ("chatgpt.com", "ai-assistant", "(ai-assistant)", "AI Assistant"),
    ("news.example", "referral", None, "Referral"),
    ("news.example", "app", None, "Referral"),
    ("news.example", "link", None, "Referral"),
    ("email", "newsletter", None, "Email"),
    ("klaviyo", "e-mail", None, "Email"),
    ("klaviyo", "e mail", None, "Email"),
    ("klaviyo", "emailing", None, "Unassigned"),
    ("partner", "affiliate", None, "Affiliates"),
    ("spotify", "audio", None, "Audio"),
    ("sms", "text", None, "SMS"),
    ("attentive", "sms", None, "SMS"),
    ("onesignal", "web-push", None, "Mobile Push Notifications"),
    ("onesignal", "pushed", None, "Unassigned"),
    ("onesignal", "mobile_app", None, "Mobile Push Notifications"),
    ("onesignal", "notifications", None, "Mobile Push Notifications"),
    ("firebase", "fcm", None, "Mobile Push Notifications"),
    ("flyer", "qr", None, "Unassigned"),
    (None, None, None, "Unassigned"),
    (None, "organic", None, "Organic Search"),
    ("it's", "o'clock", "'; --", "Unassigned"),
]
REFERRERS = [
    # referring page, source, medium
    ("https://www.google.com/", "google", "organic"),
    ("https://www.google.co.uk/search?q=mugs", "google", "organic"),
    ("https://google.evil.example/", "google.evil.example", "referral"),
    ("https://mygoogle.com/", "mygoogle.com", "referral"),
    ("https://cn.bing.com/", "bing", "organic"),
    ("https://duckduckgo.com/", "duckduckgo", "organic"),
    ("https://uk.search.yahoo.com/x", "yahoo", "organic"),
    ("https://www.ecosia.org/search", "ecosia.org", "organic"),
    ("HTTPS://User:pw@L.Instagram.com:443/?u=x", "l.instagram.com", "referral"),
    ("https://chatgpt.com/", "chatgpt.com", "ai-assistant"),
    ("android-app://com.google.android.gm", "com.google.android.gm", "referral"),
    ("just words", None, None),
    ("", None, None),
]
LANDINGS = [
    ("https://shop.example/p?gclid=abc", "google"),
    ("/p?utm_x=1&wbraid=2", "google"),
    ("/p?msclkid=2", "bing"),
    ("/p?ttclid=E.C.P", "tiktok"),
    ("/p?fbclid=IwAR1", None),
    ("/p?gclid=", None),
    ("/gclid=4", None),
    ("/p?notgclid=4", None),
    (None, None),
]
TRANSACTIONS = [
    ("1001", "#1001", True),
    (" 1001", "1001", True),
    ("WEB-7a", "#web-7A", True),
    ("1001", "10010", False),
    ("#", "", None),
]


def asked(house: House, expression: str, rows: list[tuple[str | None, ...]]) -> list[object]:
    """What an expression over columns a, b, c says of each row, by the database itself."""
    values = ", ".join(
        f"({number}, "
        + ", ".join("null::text" if one is None else f"'{quoted(one)}'::text" for one in row)
        + ")"
        for number, row in enumerate(rows)
    )
    columns = ", ".join("abc"[: len(rows[0])])
    inline = f"select {expression} from (values {values}) as given (number, {columns}) order by number"
    (node,) = nodes(house.dbt("compile", "--inline", inline))
    return [answer for (answer,) in house.rows(str(node.node.compiled_code))]


def quoted(text: str) -> str:
    return text.replace("'", "''")


def test_every_rule_of_google_in_its_order(module_house: House) -> None:
    said = asked(module_house, "{{ default_channel_group('a', 'b', 'c') }}", [row[:3] for row in PUBLISHED])
    assert [(*row[:3], answer) for row, answer in zip(PUBLISHED, said, strict=True)] == PUBLISHED


def test_a_referring_page_is_a_source_and_a_medium(module_house: House) -> None:
    source = "{{ referrer_origin('host') }}"
    medium = "case when host is not null then {{ referring_medium('source') }} end"
    both = (
        f"(select source || '|' || {medium} from (select {{{{ url_host('a') }}}} as host) as hosts "
        f"cross join lateral (select {source} as source) as sources)"
    )
    said = asked(module_house, both, [(page,) for page, _, _ in REFERRERS])
    assert said == [None if source is None else f"{source}|{medium}" for _, source, medium in REFERRERS]


def test_a_paid_click_is_known_by_its_id(module_house: House) -> None:
    said = asked(module_house, "{{ click_origin('a') }}", [(page,) for page, _ in LANDINGS])
    assert said == [source for _, source in LANDINGS]


def test_transaction_ids_are_compared_without_their_dress(module_house: House) -> None:
    compared = "{{ transaction_key(\"'store'\", 'a') }} = {{ transaction_key(\"'store'\", 'b') }}"
    said = asked(module_house, compared, [pair[:2] for pair in TRANSACTIONS])
    assert said == [same for _, _, same in TRANSACTIONS]
