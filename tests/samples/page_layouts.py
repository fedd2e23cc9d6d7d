# ruff: noqa: E501, SIM905  (markup stays on long lines, as content management systems write it)
"""The page layouts of the invented publishers: a story in, the HTML or text of its page out.

One function a publisher's CMS. What the stories say is in `stories/*.toml`; where files go is in `make_samples.py`.
Each layout also owns the phrases of its furniture (`FURNITURE`), which no cleaned body may hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

ARABIC_MONTHS = (
    "يناير/كانون الثاني", "فبراير/شباط", "مارس/آذار", "أبريل/نيسان", "مايو/أيار", "يونيو/حزيران",
    "يوليو/تموز", "أغسطس/آب", "سبتمبر/أيلول", "أكتوبر/تشرين الأول", "نوفمبر/تشرين الثاني", "ديسمبر/كانون الأول",
)  # fmt: skip
GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
SPANISH_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
RUSSIAN_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
TURKISH_MONTHS = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()

# What a line of a story's body begins with, and what it then is; a line without a mark is a paragraph.
MARKS = {"## ": "heading", "~ ": "teaser", "^ ": "caption", "! ": "image", "$ ": "notice"}


@dataclass(frozen=True)
class Block:
    """One line of a story: a paragraph or heading of the body, or dirt that stands between them."""

    kind: str
    text: str

    @property
    def plain(self) -> str:
        """The text without the marks of links and bold type."""
        return re.sub(r"\[\[(.*?)\]\]|\*\*(.*?)\*\*", lambda m: m[1] or m[2], self.text)


@dataclass(frozen=True)
class Story:
    """A page to be laid out, and what a careful reader and coder finds in it."""

    id: str
    path: str
    layout: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    publisher: str | None = None
    published: str | None = None
    published_precision: str | None = None
    author: str | None = None
    url: str | None = None
    agency: str | None = None
    encoding: str = "utf-8"
    declared: str | None = None
    before: str = ""
    after: str = ""
    section: str = ""
    copy_of: str | None = None
    must_not: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When the page was published; layouts that print a date need it."""
        assert self.published is not None
        return datetime.fromisoformat(self.published)

    @property
    def lead(self) -> str:
        """The first paragraph, for descriptions."""
        return next(block.plain for block in self.blocks if block.kind == "paragraph")


def parse_blocks(body: str) -> tuple[Block, ...]:
    """The lines of a story's body as blocks."""
    blocks = []
    for line in filter(None, (line.strip() for line in body.splitlines())):
        mark = next((m for m in MARKS if line.startswith(m)), None)
        blocks.append(Block(MARKS[mark], line[len(mark) :]) if mark else Block("paragraph", line))
    return tuple(blocks)


def _inline(text: str, link: str) -> str:
    marked = escape(text, quote=False)
    marked = re.sub(r"\[\[(.*?)\]\]", rf'<a href="{link}">\1</a>', marked)
    return re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", marked)


def _ld(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _body(story: Story, link: str, **shapes: str) -> str:
    """The blocks as HTML; `shapes` gives the markup of each kind of dirt, with %s for its text."""
    default = {"paragraph": "<p>%s</p>", "heading": "<h2>%s</h2>"}
    return "\n".join(
        ({**default, **shapes})[block.kind].replace("%s", _inline(block.text, link)) for block in story.blocks
    )


def meridian_courier(story: Story) -> str:
    """An English daily on a blog engine: JSON-LD graph, numeric entities, sidebar, comment form."""
    moment = story.moment
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Meridian Courier", "url": "https://meridian-courier.example/"},
            {
                "@type": "NewsArticle",
                "headline": story.title,
                "datePublished": story.published,
                "dateModified": story.published,
                "author": {"@type": "Person", "name": story.author},
                "publisher": {"@type": "Organization", "name": "The Meridian Courier"},
                "mainEntityOfPage": story.url,
                "inLanguage": "en-GB",
            },
        ],
    }
    body = _body(
        story,
        "https://meridian-courier.example/tag/region/",
        caption='<figure class="wp-block-image"><img src="https://meridian-courier.example/wp-content/uploads/2026/a1.jpg" '
        'alt=""/><figcaption class="wp-element-caption">%s</figcaption></figure>',
        teaser='<div class="mc-related"><span>Read also</span> <a href="https://meridian-courier.example/?p=8812">%s</a></div>',
        image='<p class="img-src">%s</p>',
        notice='<p class="newsletter-inline"><em>%s</em></p>',
    )
    body = body.replace("’", "&#8217;").replace("“", "&#8220;").replace("”", "&#8221;")
    title = escape(story.title, quote=False)
    credit = f'<p class="agency-credit">{story.agency}</p>' if story.agency else ""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} | The Meridian Courier</title>
<meta name="description" content="{escape(story.lead)}">
<link rel="canonical" href="{story.url}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="The Meridian Courier">
<meta property="og:url" content="{story.url}">
<meta property="article:published_time" content="{story.published}">
<meta property="article:section" content="{story.section}">
{_ld(graph)}
<style>.mc-nav{{display:flex}}</style>
</head>
<body class="post-template-default single single-post">
<div id="cookie-bar" role="dialog">We use cookies to give you the best experience on our site. <button>Accept all</button> <button>Manage choices</button></div>
<header class="site-header"><a class="logo" href="/">The Meridian Courier</a>
<nav class="mc-nav"><ul><li><a href="/world/">World</a></li><li><a href="/economy/">Economy</a></li><li><a href="/opinion/">Opinion</a></li><li><a href="/sport/">Sport</a></li><li><a href="/subscribe/">Subscribe</a></li></ul></nav></header>
<div class="breadcrumb"><a href="/">Home</a> &raquo; <a href="/world/">{story.section}</a> &raquo; {title}</div>
<main id="main"><article class="post type-post">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta">By <a rel="author" href="/author/desk/">{story.author}</a> &middot; <time class="entry-date" datetime="{story.published}">{moment.day} {moment:%B %Y}, {moment:%H:%M}</time> &middot; 3 min read</div></header>
<div class="share"><a href="https://social.example/share">Share on social media</a><a href="mailto:?subject=x">Email this story</a><button>Copy link</button></div>
<div class="entry-content">
{body}
{credit}
</div>
<div class="post-tags">Tags: <a href="/tag/region/">region</a>, <a href="/tag/diplomacy/">diplomacy</a>, <a href="/tag/top/">top stories</a></div>
</article>
<section class="related-posts"><h3>You may also like</h3><ul>
<li><a href="/?p=8801">Ferry passengers stranded overnight after engine fault off the northern pier</a></li>
<li><a href="/?p=8795">Five recipes for a long weekend</a></li></ul></section>
<section id="comments"><h3>Leave a Reply</h3><form action="/wp-comments-post.php" method="post"><p>Your email address will not be published. Required fields are marked *</p><textarea name="comment"></textarea><label>Name *</label><input name="author"><label>Email *</label><input name="email"><button>Post Comment</button></form></section>
</main>
<aside class="sidebar"><h3>Most read</h3><ol><li><a href="/?p=8700">Storm closes the coastal road for a third day</a></li><li><a href="/?p=8699">Spain bombards Morocco with goals in friendly</a></li></ol></aside>
<footer class="site-footer"><p>&copy; 2026 The Meridian Courier Ltd. All rights reserved.</p><p><a href="/privacy/">Privacy policy</a> <a href="/terms/">Terms of use</a> <a href="/contact/">Contact us</a></p></footer>
</body>
</html>
"""


def almarsa(story: Story) -> str:
    """An Arabic portal, right to left: breaking-news ticker, visible date with both month names, teasers in the body."""
    moment = story.moment
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published,
        "publisher": {"@type": "Organization", "name": "المرسى نيوز"},
    }
    body = _body(
        story,
        "https://almarsa-news.example/topic/region",
        caption='<figure><img src="https://almarsa-news.example/img/full/77.webp" alt=""><figcaption>%s</figcaption></figure>',
        teaser='<div class="related-inline"><h4>أخبار ذات صلة</h4><a href="/news/9911">%s</a></div>',
        image="<p>%s</p>",
        notice='<p class="follow">%s</p>',
    )
    declared = story.declared or story.encoding
    return f"""<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="{declared}">
<title>{escape(story.title, quote=False)} - المرسى نيوز</title>
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="المرسى نيوز">
<meta property="og:type" content="article">
<link rel="canonical" href="{story.url}">
{_ld(article)}
</head>
<body>
<div class="ticker"><b>عاجل</b> <a href="/news/9920">البرلمان الياباني يقر ميزانية تكميلية بعد جلسة ماراثونية</a> <a href="/news/9921">انقطاع الكهرباء عن أحياء في كيتو بسبب عاصفة</a></div>
<nav><a href="/">الرئيسية</a><a href="/world">العالم</a><a href="/economy">اقتصاد</a><a href="/sport">رياضة</a><a href="/video">فيديو</a></nav>
<div id="content">
<h1>{escape(story.title, quote=False)}</h1>
<div class="info"><span class="author">{story.author}</span> <span class="date">{moment.day} {ARABIC_MONTHS[moment.month - 1]} {moment.year}، {moment:%H:%M}</span></div>
<div class="share">شارك المقال <a href="#">فيسبوك</a> <a href="#">واتساب</a> <a href="#">نسخ الرابط</a></div>
<div class="article-body">
{body}
</div>
<div class="tags"><a href="/t/1">دبلوماسية</a> <a href="/t/2">علاقات ثنائية</a> <a href="/t/3">المنطقة</a></div>
</div>
<div class="most-read"><h3>الأكثر قراءة</h3><ul><li><a href="/news/9800">أسعار الذهب تسجل مستوى جديدا في الأسواق الآسيوية</a></li><li><a href="/news/9801">وصفة شوربة العدس في عشرين دقيقة</a></li></ul></div>
<form class="comment"><h3>أضف تعليقك</h3><p>لن يتم نشر عنوان بريدك الإلكتروني</p><textarea></textarea><button>إرسال</button></form>
<footer><p>تابعونا على شبكات التواصل</p><p>جميع الحقوق محفوظة © 2026 المرسى نيوز</p></footer>
</body>
</html>
"""


def hafenkurier(story: Story) -> str:
    """A German regional paper: ticker of the day, date only in a <time> element, newsletter box, comment count."""
    moment = story.moment
    body = _body(
        story,
        "https://hafenkurier.example/thema/region",
        caption='<figure class="bild"><img data-src="https://bilder.hafenkurier.example/2026/klein.jpg" alt=""><figcaption>%s</figcaption></figure>',
        teaser='<aside class="lesenswert"><strong>Lesen Sie auch:</strong> <a href="/a/5512">%s</a></aside>',
        image="<p>%s</p>",
        notice='<div class="nl-box"><p>%s</p></div>',
    ).replace("–", "&ndash;")
    return f"""<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<title>{escape(story.title, quote=False)} – Hafenkurier</title>
<meta name="author" content="{story.author}">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="Hafenkurier">
<meta property="og:description" content="{escape(story.lead)}">
<meta property="og:url" content="{story.url}">
</head>
<body>
<div class="cmp">Mit Ihrer Zustimmung verwenden wir und unsere Partner Cookies. <button>Zustimmen</button><button>Einstellungen</button></div>
<section class="ticker" aria-label="Ticker"><ul>
<li><span>19:02</span> <a href="/a/5531">Stadtrat vertagt Entscheidung über neues Hallenbad</a></li>
<li><span>18:44</span> <a href="/a/5530">Frankreich und Brasilien unterzeichnen Abkommen über Satelliten</a></li>
<li><span>18:15</span> <a href="/a/5529">Kenia weist zwei Diplomaten aus</a></li>
<li><span>17:50</span> <a href="/a/5528">Börse schließt kaum verändert</a></li></ul></section>
<nav class="haupt"><a href="/politik">Politik</a> <a href="/wirtschaft">Wirtschaft</a> <a href="/sport">Sport</a> <a href="/abo">Abo</a> <a href="/anmelden">Anmelden</a></nav>
<article>
<p class="dachzeile">{story.section}</p>
<h1>{escape(story.title, quote=False)}</h1>
<p class="autor">Von {story.author}</p>
<time datetime="{story.published}">{moment.day}. {GERMAN_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} Uhr</time>
<div class="teilen"><button>Teilen</button><button>Drucken</button><button>Merken</button></div>
{body}
</article>
<img src="https://zaehler.hafenkurier.example/na/5a5a5a" width="1" height="1" alt="">
<section class="kommentare"><h3>Kommentare (0)</h3><p>Bitte melden Sie sich an, um einen Kommentar zu schreiben.</p></section>
<section class="mehr"><h3>Mehr zum Thema</h3><ul><li><a href="/a/5498">Wie ein Leuchtturm zum Museum wurde</a></li><li><a href="/a/5497">Regen bremst die Ernte im Umland</a></li></ul></section>
<footer><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a> <a href="/agb">AGB</a><p>© Hafenkurier Verlag GmbH. Alle Rechte vorbehalten.</p></footer>
</body>
</html>
"""


def quotidien(story: Story) -> str:
    """A French daily: JSON-LD list, subscriber banner, « Lire aussi » boxes, photo credits, non-breaking spaces."""
    moment = story.moment
    article = [
        {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": []},
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": story.published,
            "author": [{"@type": "Person", "name": story.author}],
            "publisher": {"@type": "NewsMediaOrganization", "name": "Le Quotidien du Cap"},
        },
    ]
    body = _body(
        story,
        "https://quotidien-du-cap.example/sujet/region",
        caption='<figure><picture><img src="https://quotidien-du-cap.example/photos/2026/p.jpg" alt=""></picture><figcaption>%s</figcaption></figure>',
        teaser='<p class="a-lire"><b>Lire aussi :</b> <a href="/article/3321">%s</a></p>',
        image="<p>%s</p>",
        notice='<p class="abonne">%s</p>',
    )
    body = body.replace("« ", "«&nbsp;").replace(" »", "&nbsp;»")
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>{escape(story.title, quote=False)} - Le Quotidien du Cap</title>
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="Le Quotidien du Cap">
<meta property="og:url" content="{story.url}">
<meta property="og:locale" content="fr_FR">
<link rel="canonical" href="{story.url}">
{_ld(article)}
</head>
<body>
<div class="consent">Avec votre accord, nos partenaires et nous utilisons des cookies. <a href="#">Tout accepter</a> <a href="#">Continuer sans accepter</a></div>
<header><a href="/">Le Quotidien du Cap</a><nav><ul><li><a href="/international">International</a></li><li><a href="/politique">Politique</a></li><li><a href="/culture">Culture</a></li><li><a href="/abonnement">S'abonner</a></li></ul></nav></header>
<ol class="fil"><li><a href="/">Accueil</a></li><li><a href="/international">{story.section}</a></li></ol>
<article>
<h1>{escape(story.title, quote=False)}</h1>
<p class="signature">Par {story.author}</p>
<p class="dates">Publié le {moment.day} {FRENCH_MONTHS[moment.month - 1]} {moment.year} à {moment:%Hh%M}</p>
<ul class="partage"><li>Partager</li><li>Envoyer par e-mail</li><li>Enregistrer</li></ul>
<div class="texte">
{body}
</div>
</article>
<section class="plus-lus"><h2>Les plus lus</h2><ol><li><a href="/article/3300">Le Japon expulse un attaché commercial étranger</a></li><li><a href="/article/3299">Trois randonnées faciles en famille</a></li></ol></section>
<section class="reactions"><h2>Réagir à cet article</h2><p>Vous devez être connecté pour commenter.</p></section>
<footer><ul><li><a href="/mentions">Mentions légales</a></li><li><a href="/cgu">Conditions générales</a></li><li><a href="/cookies">Gestion des cookies</a></li></ul><p>© Le Quotidien du Cap 2026. Tous droits réservés.</p></footer>
</body>
</html>
"""


def estrecho(story: Story) -> str:
    """A Spanish daily with microdata instead of JSON-LD; the headline stands again in the breadcrumb."""
    moment = story.moment
    body = _body(
        story,
        "https://diario-estrecho.example/tema/region",
        caption='<div class="foto"><img src="https://diario-estrecho.example/fotos/1.jpg" alt=""><span class="pie">%s</span></div>',
        teaser='<div class="relacionada"><span>Te puede interesar</span><a href="/n/412">%s</a></div>',
        image="<p>%s</p>",
        notice='<p class="boletin">%s</p>',
    )
    return f"""<!DOCTYPE html>
<html lang="es">
<head>
<meta charset="utf-8">
<title>{escape(story.title, quote=False)} | Diario del Estrecho</title>
<meta name="keywords" content="región, diplomacia">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="Diario del Estrecho">
<meta name="DC.date.issued" content="{story.published}">
</head>
<body>
<header><a href="/">Diario del Estrecho</a><nav><a href="/mundo">Mundo</a><a href="/economia">Economía</a><a href="/deportes">Deportes</a></nav></header>
<div class="migas">Inicio &gt; {story.section} &gt; {escape(story.title, quote=False)}</div>
<div itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{escape(story.title, quote=False)}</h1>
<div class="firma"><span itemprop="author">{story.author}</span> | <time itemprop="datePublished" datetime="{story.published}">{moment.day} de {SPANISH_MONTHS[moment.month - 1]} de {moment.year}</time></div>
<div class="redes"><a href="#">Compartir</a><a href="#">Enviar por correo</a></div>
<div itemprop="articleBody">
{body}
</div>
<ul class="etiquetas"><li>Temas:</li><li><a href="/tema/a">Cancillería</a></li><li><a href="/tema/b">Frontera</a></li></ul>
</div>
<aside><h3>Lo más leído</h3><p><a href="/n/400">La selección bombardea el área rival y gana por cuatro goles</a></p></aside>
<form><h3>Deja un comentario</h3><p>Tu dirección de correo electrónico no será publicada.</p><textarea></textarea></form>
<footer><p>© 2026 Diario del Estrecho, S. L. Todos los derechos reservados.</p><a href="/aviso">Aviso legal</a> <a href="/cookies">Política de cookies</a></footer>
</body>
</html>
"""


def pristan(story: Story) -> str:
    """A Russian site of the old school: tables, windows-1251 declared as such, no metadata but the visible date."""
    moment = story.moment
    body = _body(
        story,
        "/tema/1",
        caption='<div class="podpis"><img src="/img/2.jpg" alt=""> %s</div>',
        teaser='<div class="block-left"><b>Читайте также:</b> <a href="/news/771">%s</a></div>',
        image="<p>%s</p>",
        notice='<p class="tg">%s</p>',
    )
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={story.declared or story.encoding}">
<title>{escape(story.title, quote=False)} :: Пристань</title>
</head>
<body>
<table class="menu"><tr><td><a href="/">Главная</a></td><td><a href="/mir">В мире</a></td><td><a href="/ekonomika">Экономика</a></td><td><a href="/sport">Спорт</a></td></tr></table>
<h1>{escape(story.title, quote=False)}</h1>
<div class="data">{moment.day} {RUSSIAN_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}</div>
<div class="text">
{body}
</div>
<div class="tegi">Теги: дипломатия, регион, переговоры</div>
<div class="podel">Поделиться: <a href="#">ВКонтакте</a> <a href="#">Скопировать ссылку</a></div>
<div class="footer">© Пристань, 2026. При использовании материалов ссылка обязательна. Реклама на сайте. Обратная связь.</div>
</body>
</html>
"""


def liman(story: Story) -> str:
    """A Turkish local paper: og: tags, a video box, the date in the page only as words."""
    moment = story.moment
    body = _body(
        story,
        "/etiket/bolge",
        caption='<div class="foto-alti">%s</div>',
        teaser='<div class="ilgili"><b>İlgili Haber</b> <a href="/haber/332">%s</a></div>',
        image="<p>%s</p>",
        notice='<p class="abone">%s</p>',
    )
    return f"""<!DOCTYPE html>
<html lang="tr">
<head>
<meta charset="utf-8">
<title>{escape(story.title, quote=False)} - Liman Postası</title>
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="Liman Postası">
</head>
<body>
<div class="kvkk">Sitemizde çerezler kullanılmaktadır. <a href="#">Kabul et</a></div>
<nav><a href="/">Ana Sayfa</a> <a href="/dunya">Dünya</a> <a href="/ekonomi">Ekonomi</a> <a href="/spor">Spor</a></nav>
<div class="son-dakika">SON DAKİKA: Lizbon'da metro seferleri arıza nedeniyle durdu</div>
<main><h1>{escape(story.title, quote=False)}</h1>
<div class="tarih">Giriş: {moment.day} {TURKISH_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}</div>
<div class="paylas">Paylaş <a href="#">Yazdır</a></div>
<div class="icerik">
{body}
</div></main>
<div class="yorum"><h3>Yorum Yap</h3><p>E-posta adresiniz yayınlanmayacak.</p></div>
<div class="cok"><h3>Çok Okunanlar</h3><a href="/haber/300">Hafta sonu hava nasıl olacak?</a></div>
<footer>© 2026 Liman Postası. Tüm hakları saklıdır. Künye | İletişim</footer>
</body>
</html>
"""


def upland(story: Story) -> str:
    """A small English weekly with hand-made HTML that declares no encoding at all."""
    body = _body(
        story,
        "/more",
        caption="<i>%s</i>",
        teaser='<p><a href="/older.html">%s</a></p>',
        image="<p>%s</p>",
        notice="<p><small>%s</small></p>",
    )
    return f"""<HTML><HEAD><TITLE>Upland Post: {escape(story.title, quote=False)}</TITLE></HEAD>
<BODY BGCOLOR="white">
<CENTER><A HREF="index.html">Front page</A> | <A HREF="letters.html">Letters</A> | <A HREF="classified.html">Classified</A></CENTER>
<H2>{escape(story.title, quote=False)}</H2>
<P><B>By {story.author}</B><BR>{story.moment:%A}, {story.moment:%B} {story.moment.day}, {story.moment.year}</P>
{body}
<HR><P>Copyright Upland Post 2026. Reproduction needs written permission. <A HREF="mailto:desk@upland-post.example">Write to the editor</A></P>
</BODY></HTML>
"""


def plain_text(story: Story) -> str:
    """A page saved as text: the story's own `before` and `after` lines around its title and blocks."""
    lines = [block.plain for block in story.blocks]
    before = story.before.strip("\n").replace("{title}", story.title)
    after = story.after.strip("\n").replace("{title}", story.title)
    return (before + "\n\n" if before else "") + "\n\n".join(lines) + ("\n\n" + after if after else "") + "\n"


HTML_LAYOUTS: dict[str, Callable[[Story], str]] = {
    layout.__name__: layout
    for layout in (meridian_courier, almarsa, hafenkurier, quotidien, estrecho, pristan, liman, upland)
}
FURNITURE: dict[str, tuple[str, ...]] = {
    "meridian_courier": (
        "We use cookies", "Read also", "You may also like", "Ferry passengers stranded", "Leave a Reply",
        "Your email address will not be published", "Spain bombards Morocco", "All rights reserved",
        "Share on social media", "Most read", "3 min read",
    ),
    "almarsa": (
        "عاجل", "البرلمان الياباني", "أخبار ذات صلة", "الأكثر قراءة", "أسعار الذهب", "شارك المقال",
        "لن يتم نشر عنوان بريدك", "جميع الحقوق محفوظة",
    ),
    "hafenkurier": (
        "verwenden wir und unsere Partner Cookies", "Stadtrat vertagt", "Frankreich und Brasilien unterzeichnen",
        "Kenia weist zwei Diplomaten aus", "Lesen Sie auch", "Kommentare (0)", "Mehr zum Thema",
        "Alle Rechte vorbehalten", "Impressum",
    ),
    "quotidien": (
        "utilisons des cookies", "Lire aussi", "Les plus lus", "Le Japon expulse", "Réagir à cet article",
        "Vous devez être connecté", "Tous droits réservés", "Publié le",
    ),
    "estrecho": (
        "Te puede interesar", "Lo más leído", "La selección bombardea", "Deja un comentario",
        "Todos los derechos reservados", "Inicio >",
    ),
    "pristan": ("Читайте также", "Поделиться", "ссылка обязательна", "Главная", "Теги:"),
    "liman": ("çerezler kullanılmaktadır", "SON DAKİKA", "İlgili Haber", "Yorum Yap", "Tüm hakları saklıdır", "Çok Okunanlar"),
    "upland": ("Front page", "Reproduction needs written permission", "Classified"),
}  # fmt: skip
