"""What well-known articles print otherwise, page by page."""
