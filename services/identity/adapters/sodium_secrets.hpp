// Argon2id, random secrets and hashes of libsodium; HMAC-SHA1 of OpenSSL.
#pragma once
#include <condition_variable>
#include <mutex>

#include "identity/app/ports.hpp"

namespace trunkline::identity {

struct HasherConfig {
    int at_once = 2;     // hashes computed at the same time; each takes `memory_mib`
    int queue = 32;      // callers that wait; the next one is refused
    int operations = 2;  // passes over the memory
    int memory_mib = 19;
};

// Safe from any thread; a call waits for its turn.
class SodiumHasher final : public PasswordHasher {
 public:
    explicit SodiumHasher(HasherConfig config);
    Result<std::string> Hash(const std::string& password) override;
    Result<bool> Verify(const std::string& hash, const std::string& password) override;

 private:
    class Turn;
    Status Enter();
    void Leave();

    const HasherConfig config_;
    std::string decoy_;  // verified in place of a user who is not there
    std::mutex mutex_;
    std::condition_variable free_;
    int working_ = 0;
    int waiting_ = 0;
};

class SodiumSecrets final : public Secrets {
 public:
    std::string NewToken() override;
    std::string HashToken(const std::string& token) override;
    std::string NewPassword() override;
    std::string NewTotpKey() override;
    Hmac HmacSha1() override;
};

}  // namespace trunkline::identity
