"""How a community file is known, and which schema this Belfry has. The steps to it are in `migrations`, which a file of this schema needs not."""

APPLICATION_ID = 0x42454C46  # "BELF", in bytes 68 to 71 of the file
SCHEMA = 1
"""The number of migrations, and `user_version` of a file."""
