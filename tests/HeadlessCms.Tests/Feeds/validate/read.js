// Reads one request per line, as JSON: {"reader", "text"}. Prints what the reader makes of each item of the feed, as one line of JSON.
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import FeedParser from "feedparser";
import { parseFeed } from "feedsmith";
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";

const instant = (date) => (date ? new Date(date).toISOString() : null);
const plain = (value) => (value && typeof value === "object" ? value.value : (value ?? null));
const list = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

function withFeedParser(text) {
  return new Promise((resolve, reject) => {
    const items = [];
    const parser = new FeedParser({ normalize: true, addmeta: false });
    parser.on("error", reject);
    parser.on("readable", () => {
      for (let item = parser.read(); item; item = parser.read()) {
        items.push({
          id: item.guid,
          title: (item["rss:title"] ?? item["atom:title"])["#"], // item.title lacks what looks like a tag
          link: item.link,
          published: instant(item.pubdate),
          updated: instant(item["atom:updated"]?.["#"] ?? item.date),
          summary: item.summary,
          authors: item["dc:creator"]
            ? list(item["dc:creator"]).map((one) => one["#"])
            : list(item["atom:author"]).map((one) => one.name["#"]),
          categories: item.categories,
          picture: item.enclosures[0]?.url ?? null,
          body: item.description,
        });
      }
    });
    parser.on("end", () => resolve({ title: parser.meta.title, image: parser.meta.image?.url ?? null, items }));
    Readable.from([Buffer.from(text)]).pipe(parser);
  });
}

function withFeedsmith(text) {
  const { format, feed } = parseFeed(text);
  switch (format) {
    case "rss":
      return {
        title: feed.title,
        image: feed.image?.url ?? null,
        items: list(feed.items).map((item) => ({
          id: item.guid.value,
          title: item.title,
          link: item.link,
          published: instant(item.pubDate),
          updated: instant(item.atom?.updated),
          summary: item.description,
          authors: list(item.dc?.creators ?? item.dc?.creator),
          categories: list(item.categories).map((category) => category.name),
          picture: list(item.enclosures)[0]?.url ?? null,
          media: list(item.media?.contents).map((one) => one.url),
          body: item.content?.encoded ?? null,
        })),
      };
    case "atom":
      return {
        title: plain(feed.title),
        image: feed.logo ?? null,
        items: list(feed.entries).map((entry) => ({
          id: entry.id,
          title: plain(entry.title),
          link: list(entry.links).find((link) => link.rel === "alternate")?.href,
          published: instant(entry.published),
          updated: instant(entry.updated),
          summary: plain(entry.summary),
          authors: list(entry.authors).map((author) => author.name),
          categories: list(entry.categories).map((category) => category.label),
          picture: list(entry.links).find((link) => link.rel === "enclosure")?.href ?? null,
          media: list(entry.media?.contents).map((one) => one.url),
          body: plain(entry.content),
        })),
      };
    default:
      return {
        title: feed.title,
        image: feed.icon ?? null,
        items: list(feed.items).map((item) => ({
          id: item.id,
          title: item.title,
          link: item.url,
          published: instant(item.date_published),
          updated: instant(item.date_modified),
          summary: item.summary,
          authors: list(item.authors).map((author) => author.name),
          categories: list(item.tags),
          picture: item.image ?? null,
          media: list(item.attachments).map((one) => one.url),
          body: item.content_html ?? item.content_text,
        })),
      };
  }
}

function withExtractor(text) {
  const options = {
    normalization: true,
    descriptionMaxLen: 0,
    getExtraEntryFields: (entry) => ({
      updated: instant(entry.date_modified),
      summary: entry.summary,
      authors: list(entry.authors).map((author) => author.name),
      categories: list(entry.tags),
      picture: entry.image ?? null,
      body: entry.content_html ?? entry.content_text,
    }),
  };
  const feed = text.startsWith("{") ? extractFromJson(JSON.parse(text), options) : extractFromXml(text, options);
  return {
    title: feed.title,
    image: null,
    items: feed.entries.map((entry) => ({ ...entry, published: instant(entry.published) })),
  };
}

const readers = { feedparser: withFeedParser, feedsmith: withFeedsmith, extractor: withExtractor };

for await (const line of createInterface({ input: process.stdin })) {
  const { reader, text } = JSON.parse(line);
  try {
    console.log(JSON.stringify(await readers[reader](text)));
  } catch (refused) {
    console.log(JSON.stringify({ error: String(refused.message) }));
  }
}
