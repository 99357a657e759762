// Prometheus figures of a service. Names follow trunkline_<service>_<noun>_<unit>; labels come from closed sets, never
// ids or numbers. Each service declares its own in metrics.hpp with these helpers.
#pragma once
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

namespace trunkline::metrics {

using Labels = prometheus::Labels;
using prometheus::Registry;

inline prometheus::Counter& MakeCounter(Registry& registry, const std::string& name, const std::string& help,
                                        const Labels& labels = {}) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
}

inline prometheus::Gauge& MakeGauge(Registry& registry, const std::string& name, const std::string& help,
                                    const Labels& labels = {}) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

inline prometheus::Histogram& MakeHistogram(Registry& registry, const std::string& name, const std::string& help,
                                            const prometheus::Histogram::BucketBoundaries& buckets,
                                            const Labels& labels = {}) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add(labels, buckets);
}

}  // namespace trunkline::metrics
