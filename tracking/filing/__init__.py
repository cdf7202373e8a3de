"""A person's file to stored revisions: reading, understanding, previewing, storing, and handing it back marked."""
