// Each title has a request id of its own, so that loading again finds what was made the first time.
#include "article_files.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "apply.hpp"
#include "ids/ids.hpp"

namespace trunkline::tlctl {
namespace {

using Json = nlohmann::ordered_json;

Result<Json> Edit(Suite& suite, const std::string& method, const Json& request) {
    const auto answer = suite.Invoke("knowledge", "trunkline.knowledge.v1.Editing/" + method, request.dump());
    if (!answer.ok()) {
        return answer.error();
    }
    return Json::parse(*answer);
}

Status LoadArticle(Suite& suite, Json article, const std::map<std::string, std::string>& categories) {
    const std::string title = article.value("title", "");
    const auto category = categories.find(article.value("category", ""));
    article.erase("category");
    if (category != categories.end()) {
        article["category_id"] = category->second;
    }
    auto made = Edit(suite, "CreateArticle", {{"request_id", DerivedId("article/" + title)}, {"article", article}});
    if (!made.ok()) {
        return Error{made.error().code, made.error().reason, "article " + title + ": " + made.error().message};
    }
    const Json id{{"article_id", (*made)["article_id"]}};
    if ((*made)["state"] == "DRAFT" && (*made)["published_version"] == 0) {
        made = Edit(suite, "SubmitArticle", id);
    }
    if (made.ok() && (*made)["state"] == "IN_REVIEW") {
        Json review = id;
        review["publish"] = true;
        made = Edit(suite, "ReviewArticle", review);
    }
    if (!made.ok()) {
        return Error{made.error().code, made.error().reason, "article " + title + ": " + made.error().message};
    }
    std::cout << "article " << title << " " << (*made)["state"].get<std::string>() << "\n";
    return {};
}

}  // namespace

Status LoadArticles(Suite& suite, const std::string& path) {
    const auto text = ReadFile(path);
    if (!text.ok()) {
        return text.error();
    }
    const Json file = Json::parse(*text, nullptr, false);
    if (!file.is_object()) {
        return Error{Code::kInvalidArgument, "BAD_JSON", path + " is not a JSON object"};
    }
    std::map<std::string, std::string> categories;
    uint32_t position = 0;
    for (const Json& category : file.value("categories", Json::array())) {
        const std::string title = category.value("title", "");
        Json wanted{{"title", title}, {"position", ++position}};
        if (const auto parent = categories.find(category.value("parent", "")); parent != categories.end()) {
            wanted["parent_id"] = parent->second;
        }
        const auto made =
            Edit(suite, "PutCategory", {{"request_id", DerivedId("category/" + title)}, {"category", wanted}});
        if (!made.ok()) {
            return made.error();
        }
        categories[title] = (*made)["category_id"].get<std::string>();
    }
    for (const Json& article : file.value("articles", Json::array())) {
        if (Status done = LoadArticle(suite, article, categories); !done.ok()) {
            return done;
        }
    }
    return {};
}

}  // namespace trunkline::tlctl
