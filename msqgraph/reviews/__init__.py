"""What people decide about answers that the machine read: kept beside the input, laid over it, never lost.

``decisions`` is the file, ``reviewers`` who may sign in it, ``applying`` what a decision does to a response, ``queue``
what a person should look at first, ``screen`` what they see of it, ``edits`` what they can say, ``walk`` the
conversation, ``command`` its door.
"""
