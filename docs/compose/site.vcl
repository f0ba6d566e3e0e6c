# The backend of the profile "scale", and who may purge: the two apps. HAProxy answers no probes, and it alone knows which node is ready.
backend default {
    .host = "haproxy";
    .port = "8080";
}

acl purgers {
    "app";
    "app-2";
}
