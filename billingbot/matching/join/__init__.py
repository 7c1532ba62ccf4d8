"""Every pair of names that is alike enough, found without comparing every client with every company."""
