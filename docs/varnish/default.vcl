# Varnish 7 before Headless CMS, with vmod xkey of varnish-modules:
#   varnishd -f default.vcl -p vcl_path=/etc/varnish -a :6081 -s malloc,256m
# The app needs Cms:Cdn:Provider=varnish and Cms:Cdn:Addresses=http://<this varnish>:6081; see docs/operating.md. Edit site.vcl, not this.
vcl 4.1;

import std;
import xkey;

include "site.vcl";

sub vcl_recv {
    unset req.http.X-CMS-Coding;
    unset req.http.X-CMS-Shared;
    unset req.http.X-CMS-Purged;
    if (req.restarts == 0) {
        unset req.http.X-CMS-Failed;
    }

    if (req.method == "PURGE") {
        # An empty or missing secret matches nothing, also where none is set.
        if (client.ip !~ purgers
            && !(req.http.X-Purge-Secret ~ "." && req.http.X-Purge-Secret == std.getenv("CMS_PURGE_SECRET"))) {
            return (synth(403, "Forbidden"));
        }
        if (req.http.xkey-purge !~ ".") {
            return (synth(400, "No tags in xkey-purge"));
        }
        # At once and not softly: nobody may get a withdrawn story once more.
        set req.http.X-CMS-Purged = xkey.purge(req.http.xkey-purge);
        return (synth(200, "Purged"));
    }

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # What is for one caller, and events, which never end.
    if (req.http.Authorization || req.http.Cookie || req.http.Preview-Token || req.url ~ "[?&]preview="
        || req.url ~ "^/editorial/" || req.url ~ "^/content/v1/changes/stream" || req.http.Accept ~ "text/event-stream") {
        return (pass);
    }

    # Varnish asks for gzip and unpacks it for others. Brotli it stores as another object.
    if (req.http.Accept-Encoding ~ "(?i)(^|[ ,])br *(,|$|;)" && req.http.Accept-Encoding !~ "(?i)(^|[ ,])br *; *q=0(\.0*)? *(,|$)") {
        set req.http.X-CMS-Coding = "br";
    }

    # stale-while-revalidate while the app is there; the whole grace, stale-if-error, where it is not.
    if (std.healthy(req.backend_hint) && !req.http.X-CMS-Failed) {
        set req.grace = 120s;
    }
    set req.http.X-CMS-Shared = "yes";
    return (hash);
}

sub vcl_hash {
    if (req.http.X-CMS-Coding) {
        hash_data(req.http.X-CMS-Coding);
    }
}

sub vcl_miss {
    # It was asked for already and failed, and there is no stale response.
    if (req.http.X-CMS-Failed) {
        return (synth(std.integer(req.http.X-CMS-Failed, 503)));
    }
}

sub vcl_backend_fetch {
    if (bereq.http.X-CMS-Coding == "br") {
        set bereq.http.Accept-Encoding = "br";
    }
    unset bereq.http.X-CMS-Coding;
}

sub vcl_backend_response {
    # Limits are of one caller.
    unset beresp.http.RateLimit;
    unset beresp.http.RateLimit-Policy;

    if (beresp.status >= 500) {
        if (bereq.is_bgfetch) {
            return (abandon); # the stale response stays
        }
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }

    # The app says how long by CDN-Cache-Control, and ends it before the next publication. Where Cms:Cdn is not set, nothing is purged, and
    # Varnish has taken s-maxage and stale-while-revalidate.
    if (!bereq.uncacheable && beresp.status == 200 && beresp.http.CDN-Cache-Control && beresp.http.Cache-Control !~ "(?i)private|no-store") {
        set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*max-age=([0-9]+).*$", "\1s"), 0s);
        set beresp.grace = 0s;
        if (beresp.http.CDN-Cache-Control ~ "stale-while-revalidate=[0-9]") {
            set beresp.grace = std.duration(
                regsub(beresp.http.CDN-Cache-Control, "^.*stale-while-revalidate=([0-9]+).*$", "\1s"), 0s);
        }
        if (beresp.http.CDN-Cache-Control ~ "stale-if-error=[0-9]"
            && std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 0s) > beresp.grace) {
            set beresp.grace = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 0s);
        }
        if (beresp.ttl <= 0s) {
            set beresp.grace = 0s;
            set beresp.uncacheable = true;
            set beresp.ttl = 1s; # requests do not wait for each other until then
        }
        return (deliver);
    }
}

sub vcl_deliver {
    # The app failed: once more, with whatever is there.
    if (resp.status >= 500 && req.http.X-CMS-Shared && !req.http.X-CMS-Failed) {
        set req.http.X-CMS-Failed = resp.status;
        return (restart);
    }

    # A response that the app would say the same of now is as good as new: browsers keep it for max-age, and nothing that it shows ends
    # before that. Otherwise Age ends it in time.
    if (resp.http.CDN-Cache-Control && obj.ttl > 180s) {
        unset resp.http.Age;
    }
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
    unset resp.http.CDN-Cache-Control;
    unset resp.http.xkey;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}

sub vcl_synth {
    if (req.method == "PURGE") {
        set resp.http.Content-Type = "text/plain; charset=utf-8";
        set resp.http.Cache-Control = "no-store";
        if (req.http.X-CMS-Purged) {
            set resp.http.X-Purged = req.http.X-CMS-Purged;
        }
        synthetic(resp.reason + {"
"});
        return (deliver);
    }
    if (req.http.X-CMS-Failed) {
        set resp.http.Content-Type = "application/problem+json";
        set resp.http.Cache-Control = "no-store";
        set resp.http.Retry-After = "1";
        synthetic({"{"type":"about:blank","title":"The newsroom does not answer at the moment.","status":"} + resp.status + {"}"});
        return (deliver);
    }
}
