// Files: known by their content, not by their name.
#include <openssl/sha.h>

#include <array>

#include "workorder/adapters/service_store.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

constexpr size_t kSizeLimit = 3'000'000;
constexpr const char* kInsert =
    "INSERT INTO attachment (attachment_id, request_id, name, content_type, size, sha256, actor, time, content)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::bigint / 1000.0), $9) ON CONFLICT (request_id) DO NOTHING";
constexpr const char* kColumns =
    "SELECT attachment_id, name, content_type, size, sha256, actor, round(extract(epoch FROM time) * 1000)::bigint,"
    " coalesce(order_id::text, '')";
constexpr const char* kByRequest = " FROM attachment WHERE request_id = $1";
constexpr const char* kById = ", content FROM attachment WHERE attachment_id::text = $1";
constexpr const char* kRemoveUnused =
    "DELETE FROM attachment WHERE order_id IS NULL AND time < to_timestamp($1::bigint / 1000.0) - interval '1 day'";

struct Signature {
    size_t at;
    std::string_view bytes;
    const char* type;
};

using std::string_view_literals::operator""sv;
constexpr std::array kSignatures{
    Signature{0, "\xFF\xD8\xFF"sv, "image/jpeg"}, Signature{0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    Signature{8, "WEBP"sv, "image/webp"},         Signature{0, "GIF8"sv, "image/gif"},
    Signature{0, "%PDF-"sv, "application/pdf"},   Signature{8, "WAVE"sv, "audio/wav"},
    Signature{0, "ID3"sv, "audio/mpeg"},          Signature{0, "\xFF\xFB"sv, "audio/mpeg"},
    Signature{4, "ftyp"sv, "video/mp4"},
};

bool IsPlainText(const std::string& content) {
    return std::none_of(content.begin(), content.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
}

// Empty when it is none of those that may come in. Markup is not: a browser would run what is in it.
std::string TypeOf(const std::string& content) {
    for (const Signature& signature : kSignatures) {
        if (content.compare(signature.at, signature.bytes.size(), signature.bytes) == 0 &&
            content.size() >= signature.at + signature.bytes.size()) {
            return signature.type;
        }
    }
    return IsPlainText(content) && content.find('<') == std::string::npos ? "text/plain" : "";
}

std::string Sha256(const std::string& content) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest.data());
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

v1::Attachment Read(const pqxx::row& row) {
    v1::Attachment attachment;
    attachment.set_attachment_id(row[0].as<std::string>());
    attachment.set_name(row[1].as<std::string>());
    attachment.set_content_type(row[2].as<std::string>());
    attachment.set_size(row[3].as<uint32_t>());
    attachment.set_sha256(row[4].as<std::string>());
    attachment.set_actor(row[5].as<std::string>());
    *attachment.mutable_time() = ToTimestamp(FromUnixMillis(row[6].as<int64_t>()));
    return attachment;
}

}  // namespace

Result<v1::Attachment> ServiceStore::AddAttachment(const v1::AddAttachmentRequest& request) {
    const std::string& content = request.content();
    if (content.empty() || content.size() > kSizeLimit) {
        return Error{Code::kInvalidArgument, "BAD_SIZE", "a file has from 1 byte to 3 MB"};
    }
    if (request.request_id().empty() || request.request_id().size() > 100) {
        return Error{Code::kInvalidArgument, "REQUEST_ID_MISSING", "request_id must be given (up to 100 bytes)"};
    }
    if (request.name().empty() || request.name().size() > 200 ||
        request.name().find_first_of("/\\") != std::string::npos) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "name must be a file name of up to 200 bytes"};
    }
    const std::string type = TypeOf(content);
    if (type.empty()) {
        return Error{Code::kInvalidArgument, "BAD_TYPE",
                     "only JPEG, PNG, WebP, GIF, PDF, WAV, MP3, MP4 and plain text are taken, known by their content"};
    }
    return parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kInsert, parts_.ids.New(), request.request_id(), request.name(), type,
                                static_cast<int>(content.size()), Sha256(content), request.actor(), Now(),
                                pqxx::binarystring(content));
        return Read(transaction.exec_params1(std::string(kColumns) + kByRequest, request.request_id()));
    });
}

Result<ServiceStore::File> ServiceStore::FindAttachment(const std::string& attachment_id) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(std::string(kColumns) + kById, attachment_id);
        if (rows.empty()) {
            throw db::Rollback{{Code::kNotFound, "ATTACHMENT_NOT_FOUND", "there is no attachment " + attachment_id}};
        }
        File file;
        *file.content.mutable_attachment() = Read(rows[0]);
        file.content.set_content(pqxx::binarystring(rows[0][8]).str());
        file.order_id = rows[0][7].as<std::string>();
        file.actor = rows[0][5].as<std::string>();
        return file;
    });
}

Result<int> ServiceStore::RemoveUnusedAttachments() {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        return static_cast<int>(transaction.exec_params(kRemoveUnused, Now()).affected_rows());
    });
}

}  // namespace trunkline::workorder
