"""Settings for `gunicorn -c python:registry.gunicorn`: its own access log would keep every search.

Granian writes no access log unless told to, and then the path alone.
"""

wsgi_app = "registry.wsgi:application"
access_log_format = '%(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'
