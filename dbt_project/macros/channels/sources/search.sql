{# Search engines, by the names and hosts that sessions come from: of the sources by category that Google publishes beside its
   channel rules (support.google.com/analytics/answer/9756891). Compared whole, in lower case. #}
{% macro search_sources() -%}
    {{ return('
        360.cn alice aol ar.search.yahoo.com ask at.search.yahoo.com au.search.yahoo.com auone avg babylon baidu
        biglobe biglobe.co.jp biglobe.ne.jp bing br.search.yahoo.com ca.search.yahoo.com centrum.cz
        ch.search.yahoo.com cl.search.yahoo.com cn.bing.com cnn co.search.yahoo.com comcast conduit daum
        daum.net de.search.yahoo.com dk.search.yahoo.com dogpile dogpile.com duckduckgo ecosia.org
        email.seznam.cz eniro es.search.yahoo.com espanol.search.yahoo.com exalead.com excite.com
        fi.search.yahoo.com firmy.cz fr.search.yahoo.com globo go.mail.ru google google-play hk.search.yahoo.com
        id.search.yahoo.com in.search.yahoo.com incredimail it.search.yahoo.com kvasir lens.google.com
        lite.qwant.com lycos m.baidu.com m.naver.com m.search.naver.com m.sogou.com mail.rambler.ru
        mail.yandex.ru malaysia.search.yahoo.com msn msn.com mx.search.yahoo.com najdi naver naver.com
        news.google.com nl.search.yahoo.com no.search.yahoo.com ntp.msn.com nz.search.yahoo.com onet onet.pl
        pe.search.yahoo.com ph.search.yahoo.com pl.search.yahoo.com play.google.com qwant qwant.com rakuten
        rakuten.co.jp rambler rambler.ru se.search.yahoo.com search-results search.aol.co.uk search.aol.com
        search.google.com search.smt.docomo.ne.jp search.ukr.net secureurl.ukr.net seznam seznam.cz
        sg.search.yahoo.com so.com sogou sogou.com sp-web.search.auone.jp startsiden startsiden.no suche.aol.de
        terra th.search.yahoo.com tr.search.yahoo.com tut.by tw.search.yahoo.com uk.search.yahoo.com ukr
        us.search.yahoo.com virgilio vn.search.yahoo.com wap.sogou.com webmaster.yandex.ru
        websearch.rakuten.co.jp yahoo yahoo.co.jp yahoo.com yandex yandex.by yandex.com yandex.com.tr yandex.fr
        yandex.kz yandex.ru yandex.ua yandex.uz zen.yandex.ru
    '.split()) }}
{%- endmacro %}
