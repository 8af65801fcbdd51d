"""The fixture newsroom: a dozen invented outlets, their stories in files, and the loopback server that publishes them."""
