"""The report as one file: no script, no address of anybody else, prints on white paper."""

from __future__ import annotations

from html import escape

from service.replay.report.pictures import DEFINITIONS

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--text:#1a1a1a;--quiet:#555;--ink:#1f4e79;--grid:#ddd;--rule:#ccc;
 --edge:#666}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14181d;--text:#e8e8e8;--quiet:#b4b4b4;--ink:#8dbfee;
 --grid:#333b44;--rule:#3d464f;--edge:#a0a0a0}}
.ink{fill:var(--ink)}.paper{fill:var(--paper)}.faint{fill:var(--edge)}.line{stroke:var(--ink)}.edge{stroke:var(--edge)}
.grid{stroke:var(--grid)}figure text{fill:var(--text)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:920px;padding:24px 30px 80px;background:var(--paper);color:var(--text);
 font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
h1{font-size:30px;line-height:1.2;margin:8px 0}
h2{font-size:22px;margin:44px 0 6px;padding-top:14px;border-top:2px solid var(--ink)}
h3{font-size:17px;margin:26px 0 4px}p{margin:8px 0;max-width:76ch}
.lead{font-size:18px}.quiet{color:var(--quiet)}.draft{border:2px solid var(--text);padding:8px 14px;margin:14px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0}
.tile{border:1px solid #999;border-radius:6px;padding:12px 14px}.tile b{display:block;font-size:28px;line-height:1.15}
nav ol{columns:2;padding-left:22px;margin:6px 0}a{color:var(--ink)}
figure{margin:14px 0 4px}figure svg{width:100%;height:auto}
figure text{font:13px system-ui,"Liberation Sans",Arial,sans-serif}
figcaption{color:var(--quiet);font-size:14px}
table{border-collapse:collapse;width:100%;margin:10px 0 18px;font-size:14.5px}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{padding:5px 8px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--text);vertical-align:bottom}thead th.n{white-space:normal}
tbody th{font-weight:400;min-width:11em}.long{columns:2;column-gap:40px}.long table{margin-top:0}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
ul{padding-left:22px;max-width:76ch}li{margin:4px 0}
@media print{body{max-width:none;padding:0;font-size:11.5pt}.tiles{grid-template-columns:repeat(5,1fr)}
 h2{break-after:avoid}
 tbody tr:first-child{break-before:avoid}
 figure,tr,.tile,.draft{break-inside:avoid}
 thead{display:table-header-group}caption,h3{break-after:avoid}
 nav{display:none}a{color:inherit;text-decoration:none}@page{margin:16mm}}
"""


def page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body>{DEFINITIONS}<main>{body}</main></body></html>\n"
    )


def section(ident: str, title: str, *parts: str) -> str:
    return f'<section id="{ident}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def says(*sentences: str) -> str:
    """One paragraph of plain words."""
    return f"<p>{escape(' '.join(sentences))}</p>"


def listed(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def tile(figure: str, words: str) -> str:
    return f'<div class="tile"><b>{escape(figure)}</b>{escape(words)}</div>'
