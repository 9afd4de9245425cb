"""The Read desk: reports come in, drafts of entries go out."""
