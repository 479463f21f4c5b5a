#include "core/joint/nn/feature_power.h"

namespace photolex::joint::nn {

at::Tensor toPower(const at::Tensor &rows, double power)
{
    constexpr double nothing = 1e-6; // a slope there would be endless
    const auto raised = rows.abs().clamp_min(nothing).pow(power).mul(rows.sign());
    return raised.div(raised.norm(2, 1, true).clamp_min(1e-12));
}

} // namespace photolex::joint::nn
