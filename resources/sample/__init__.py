"""Alvalade Verde, an invented community of plant lovers: members, events, places and announcements as JSON, pictures and a programme drawn for it.

`desktop.actions.sample` says how the files are written. Nobody in them exists. Addresses are at example.org (RFC 2606); foreign numbers come from the
ranges that their countries keep for films and books.
"""
