// Mapping; enumerators have the same numbers on both sides.
#include "knowledge/adapters/knowledge_codec.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include "trunkline/knowledge/v1/events.pb.h"

namespace trunkline::knowledge {

google::protobuf::Timestamp ToTimestamp(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}

TimePoint FromTimestamp(const google::protobuf::Timestamp& time) {
    return FromUnixMillis(google::protobuf::util::TimeUtil::TimestampToMilliseconds(time));
}

v1::Article ContentProto(const Content& content) {
    v1::Article proto;
    proto.set_category_id(content.category_id);
    proto.set_title(content.title);
    proto.set_summary(content.summary);
    proto.set_body(content.body);
    *proto.mutable_tags() = {content.tags.begin(), content.tags.end()};
    proto.set_language(content.language);
    if (content.valid_from) {
        *proto.mutable_valid_from() = ToTimestamp(*content.valid_from);
    }
    if (content.valid_to) {
        *proto.mutable_valid_to() = ToTimestamp(*content.valid_to);
    }
    *proto.mutable_related_ids() = {content.related_ids.begin(), content.related_ids.end()};
    return proto;
}

Content ContentOf(const v1::Article& proto) {
    Content content;
    content.category_id = proto.category_id();
    content.title = proto.title();
    content.summary = proto.summary();
    content.body = proto.body();
    content.tags = {proto.tags().begin(), proto.tags().end()};
    content.language = proto.language();
    if (proto.has_valid_from()) {
        content.valid_from = FromTimestamp(proto.valid_from());
    }
    if (proto.has_valid_to()) {
        content.valid_to = FromTimestamp(proto.valid_to());
    }
    content.related_ids = {proto.related_ids().begin(), proto.related_ids().end()};
    return content;
}

v1::Article ToProto(const Article& article) {
    v1::Article proto = ContentProto(article.content);
    proto.set_article_id(article.id);
    proto.set_state(static_cast<v1::ArticleState>(article.state));
    proto.set_version(static_cast<uint32_t>(article.version));
    proto.set_published_version(static_cast<uint32_t>(article.published_version));
    proto.set_author(article.author);
    proto.set_reviewer(article.reviewer);
    proto.set_review_note(article.review_note);
    *proto.mutable_update_time() = ToTimestamp(article.updated);
    proto.set_uses(article.uses);
    proto.set_helpful(article.helpful);
    proto.set_not_helpful(article.not_helpful);
    return proto;
}

std::string ToJson(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    return google::protobuf::util::MessageToJsonString(message, &json, options).ok() ? json : "{}";
}

void FromJson(const std::string& json, google::protobuf::Message& message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    (void)google::protobuf::util::JsonStringToMessage(json, &message, options).ok();
}

bus::Event StateChanged(const Article& after, const Article& before, const Stamp& stamp) {
    v1::ArticleStateChanged event;
    event.set_article_id(after.id);
    event.set_version(static_cast<uint32_t>(after.version));
    event.set_state(static_cast<v1::ArticleState>(after.state));
    event.set_previous(before.version == 0 ? v1::ARTICLE_STATE_UNSPECIFIED
                                           : static_cast<v1::ArticleState>(before.state));
    event.set_actor(stamp.actor);
    return bus::MakeEvent(event, after.id,
                          after.id + "/" + std::to_string(after.version) + "/" + std::to_string(event.state()) + "/" +
                              std::to_string(ToUnixMillis(stamp.now)),
                          stamp.now);
}

}  // namespace trunkline::knowledge
