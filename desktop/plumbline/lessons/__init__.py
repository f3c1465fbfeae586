"""What the coaching says in words: lessons, exercises, warning signs, therapies.

Every text is there in English, German and Dutch, as data under `texts/`; what the languages
have in common (order, urgency, sources) stands once. Nothing here knows Qt, a clock or the
store: a loader takes the language ("de", "nl_NL") and gives plain frozen records.
"""
