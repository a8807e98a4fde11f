"""Speed, memory and load, each printing one JSON object on stdout. Nothing here is a test."""
