// Streams of CSV.
#include "customer_files.hpp"

#include <fstream>
#include <iostream>

#include "ids/ids.hpp"
#include "trunkline/customer/v1/customer.grpc.pb.h"

namespace trunkline::tlctl {
namespace {

constexpr size_t kPart = 256 * 1024;
constexpr std::chrono::seconds kLimit{60};

void Report(customer::v1::Customers::Stub& stub, const customer::v1::Import& import) {
    std::cout << import.created() << " created, " << import.updated() << " updated, " << import.refused()
              << " refused\n";
    customer::v1::GetImportRequest request;
    request.set_import_id(import.import_id());
    customer::v1::GetImportResponse response;
    do {
        grpc::ClientContext context;
        rpc::SetDeadline(context, kLimit);
        if (!stub.GetImport(&context, request, &response).ok()) {
            return;
        }
        for (const auto& fault : response.faults()) {
            std::cout << "line " << fault.line() << (fault.column().empty() ? "" : ", " + fault.column()) << ": "
                      << fault.message() << " (" << fault.reason() << ")\n";
        }
        request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
}

}  // namespace

Status ImportCustomers(Suite& suite, const std::string& path) {
    const auto channel = suite.Channel("customer");
    if (!channel.ok()) {
        return channel.error();
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{Code::kNotFound, "NO_FILE", "cannot read " + path};
    }
    const auto stub = customer::v1::Customers::NewStub(*channel);
    customer::v1::Import import;
    customer::v1::StartImportRequest start;
    start.set_request_id(UuidGenerator{}.New());
    start.set_name(path.substr(path.rfind('/') + 1));
    {
        grpc::ClientContext context;
        rpc::SetDeadline(context, kLimit);
        if (const auto status = stub->StartImport(&context, start, &import); !status.ok()) {
            return rpc::FromGrpc(status);
        }
    }
    customer::v1::AddImportPartRequest part;
    part.set_import_id(import.import_id());
    std::string buffer(kPart, '\0');
    do {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        part.set_offset(import.offset());
        part.set_data(buffer.substr(0, static_cast<size_t>(file.gcount())));
        part.set_last(file.eof());
        grpc::ClientContext context;
        rpc::SetDeadline(context, kLimit);
        if (const auto status = stub->AddImportPart(&context, part, &import); !status.ok()) {
            return rpc::FromGrpc(status);
        }
    } while (!part.last());
    Report(*stub, import);
    return {};
}

Status ExportCustomers(Suite& suite, const std::string& path) {
    const auto channel = suite.Channel("customer");
    if (!channel.ok()) {
        return channel.error();
    }
    const auto stub = customer::v1::Customers::NewStub(*channel);
    grpc::ClientContext context;
    rpc::SetDeadline(context, std::chrono::minutes{30});
    const auto stream = stub->ExportCustomers(&context, {});
    std::ofstream file(path, std::ios::binary);
    customer::v1::ExportPart part;
    while (stream->Read(&part)) {
        file << part.csv();
    }
    if (const grpc::Status status = stream->Finish(); !status.ok()) {
        return rpc::FromGrpc(status);
    }
    file.close();
    if (!file) {
        return Error{Code::kUnknown, "WRITE_FAILED", "cannot write " + path};
    }
    return {};
}

}  // namespace trunkline::tlctl
