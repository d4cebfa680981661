{# Video sites, by the names and hosts that sessions come from: of the sources by category that Google publishes beside its
   channel rules (support.google.com/analytics/answer/9756891). Compared whole, in lower case. #}
{% macro video_sources() -%}
    {{ return('
        blog.twitch.tv crackle crackle.com curiositystream curiositystream.com d.tube dailymotion
        dailymotion.com dashboard.twitch.tv disneyplus disneyplus.com fast.wistia.net help.hulu.com
        help.netflix.com hulu hulu.com id.twitch.tv iq.com iqiyi iqiyi.com jobs.netflix.com justin.tv
        m.twitch.tv m.youtube.com music.youtube.com netflix netflix.com player.twitch.tv player.vimeo.com ted
        ted.com twitch twitch.tv utreon utreon.com veoh veoh.com viadeo.journaldunet.com vimeo vimeo.com wistia
        wistia.com youku youku.com youtube youtube.com
    '.split()) }}
{%- endmacro %}
