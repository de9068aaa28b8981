"""What a post-mortem is: frozen dataclasses and pure rules, without storage or windows."""
