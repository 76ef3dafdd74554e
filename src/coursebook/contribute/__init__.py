"""What a contributor's commands do: a chapter to begin with (`chapter`), and all checks in one run (`gate`)."""
