// Recordings as encrypted files.
//
//   "TLV1" | nonce 12 | data key 32, sealed with the vault's key | tag 16 | parts
//   part: 64 KiB of the WAV (the last one: the rest), sealed with the data key | tag 16
//
// Each file has a data key of its own, bound to the recording's id. A part's nonce is its number and whether it is the
// last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015), so parts cannot be
// swapped, repeated or cut off unseen. To change the vault's key only the 64 bytes of headers have to be written again.
#pragma once
#include <filesystem>

#include "recording/adapters/cipher.hpp"
#include "recording/app/ports.hpp"

namespace trunkline::recording {

class FileVault final : public Vault {
 public:
    // Throws std::filesystem::filesystem_error when the directory cannot be made.
    FileVault(std::filesystem::path directory, Key key);

    Result<Kept> Keep(const RecordingId& id, Audio& audio) override;
    Status Open(const RecordingId& id, const std::function<bool(std::span<const uint8_t>)>& sink) override;
    Status Verify(const RecordingId& id, const std::string& sha256) override;
    Status Shred(const RecordingId& id) override;

    // <directory>/<last two characters of the id>/<id>.sealed
    std::filesystem::path PathOf(const RecordingId& id) const;

 private:
    Result<Kept> Write(const RecordingId& id, Audio& audio, const std::string& aside) const;

    std::filesystem::path directory_;
    Key key_;
};

}  // namespace trunkline::recording
