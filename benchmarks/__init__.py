"""What is claimed about speed, as commands: `make bench`."""
