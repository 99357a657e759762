// Prompts as files named by the SHA-256 of their bytes; what each of them is stands in PostgreSQL.
#pragma once
#include <filesystem>
#include <string>

#include "bus/outbox.hpp"
#include "db/pool.hpp"
#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

class FilePromptShelf final : public PromptShelf {
 public:
    // `engine` is the name of the speech engine; what another one spoke is not found. Throws
    // std::filesystem::filesystem_error when the directory cannot be made.
    FilePromptShelf(std::filesystem::path directory, std::string engine, db::Pool& pool, bus::FactWriter& writer);

    Result<Prompt> Keep(const Bytes& wav, Prompt prompt) override;
    Result<Bytes> Read(const PromptId& id) override;
    void Drop(const Prompt& prompt, bool file) override;
    Result<std::vector<Prompt>> List() override;

 private:
    std::filesystem::path PathOf(const std::string& sha256) const { return directory_ / (sha256 + ".wav"); }

    std::filesystem::path directory_;
    std::string engine_;
    db::Pool& pool_;
    bus::FactWriter& writer_;
};

}  // namespace trunkline::ivr
