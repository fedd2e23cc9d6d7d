"""The report: one HTML file that shows the events of a warehouse with their evidence, without server or network.

`data` asks the warehouse, `basemap` brings the outlines of countries from Natural Earth, `page` puts all together;
`page.html`, `page.css` and `page.js` are what a browser gets.
"""
