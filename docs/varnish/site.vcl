# What is yours: where the app is and who may purge. default.vcl includes this file from varnishd's vcl_path.

backend default {
    .host = "127.0.0.1";
    .port = "5080";
    # Alive and not ready: without its database the app answers from memory.
    .probe = {
        .url = "/health/live";
        .interval = 1s;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# The nodes of the app, which purge. Others need the secret in the environment variable CMS_PURGE_SECRET of varnishd (Cms:Cdn:Token of the
# app); where it is not set, no secret is accepted.
acl purgers {
    "127.0.0.1";
    "::1";
}
