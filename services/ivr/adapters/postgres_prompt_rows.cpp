// SQL of prompts.
#include "ivr/adapters/postgres_prompt_rows.hpp"

namespace trunkline::ivr {
namespace {

constexpr const char* kInsertPrompt =
    "INSERT INTO prompts (prompt_id, engine, language, text, title, duration_millis) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT DO NOTHING";
constexpr const char* kDeletePrompt =
    "DELETE FROM prompts WHERE prompt_id = $1 AND engine = $2 AND language = $3 AND text = $4";
constexpr const char* kSelectPrompts =
    "SELECT prompt_id, language, text, title, duration_millis FROM prompts WHERE engine IN ('', $1)";

}  // namespace

void InsertPrompt(pqxx::work& transaction, const Prompt& prompt, const std::string& engine) {
    transaction.exec_params(kInsertPrompt, prompt.id.sha256, prompt.text.empty() ? "" : engine, prompt.text.language,
                            prompt.text.words, prompt.title, prompt.duration_millis);
}

void DeletePrompt(pqxx::work& transaction, const Prompt& prompt, const std::string& engine) {
    transaction.exec_params(kDeletePrompt, prompt.id.sha256, engine, prompt.text.language, prompt.text.words);
}

Result<std::vector<Prompt>> SelectPrompts(db::Pool& pool, const std::string& engine) {
    return pool.Run([&](pqxx::work& transaction) {
        std::vector<Prompt> prompts;
        for (const pqxx::row& row : transaction.exec_params(kSelectPrompts, engine)) {
            prompts.push_back({{row["prompt_id"].as<std::string>()},
                               row["duration_millis"].as<uint32_t>(),
                               {row["text"].as<std::string>(), row["language"].as<std::string>()},
                               row["title"].as<std::string>()});
        }
        return prompts;
    });
}

}  // namespace trunkline::ivr
