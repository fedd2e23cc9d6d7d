"""The table `cleaned.page_lines`: hashes of each page's lines, by which a publisher's recurring lines are known."""
