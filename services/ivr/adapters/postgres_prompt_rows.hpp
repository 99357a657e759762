// What the prompt files are, as rows in PostgreSQL.
#pragma once
#include <string>
#include <vector>

#include "db/pool.hpp"
#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

// `engine` is noted with spoken prompts only. A row that is there stays. Throws pqxx exceptions.
void InsertPrompt(pqxx::work& transaction, const Prompt& prompt, const std::string& engine);
void DeletePrompt(pqxx::work& transaction, const Prompt& prompt, const std::string& engine);
// Uploaded prompts and those that this engine spoke. Blocks.
Result<std::vector<Prompt>> SelectPrompts(db::Pool& pool, const std::string& engine);

}  // namespace trunkline::ivr
