#include "core/tensor/tensor.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::tensor {

at::Tensor fromFloats(std::span<const float> values, std::vector<std::int64_t> shape)
{
    auto tensor = at::empty(shape, at::kFloat);
    if (!values.empty())
        std::memcpy(tensor.data_ptr<float>(), values.data(), values.size_bytes());
    return tensor;
}

at::Tensor fromView(const TensorView &view)
{
    return fromFloats(view.toFloats(), view.shape);
}

Result<at::Tensor> named(const TensorFile &file, const std::string &fileName, std::string_view name,
                         std::vector<std::int64_t> shape)
{
    const auto *view = file.find(name);
    if (!view)
        return fail(Errc::Corrupt, fileName, fmt::format("the tensor \"{}\" is missing", name));
    bool fits = view->shape.size() == shape.size();
    for (std::size_t i = 0; fits && i < shape.size(); ++i)
        fits = shape[i] < 0 || shape[i] == view->shape[i];
    if (!fits)
        return fail(Errc::Corrupt, fileName,
                    fmt::format("the tensor \"{}\" has the shape ({}), expected ({})", name,
                                fmt::join(view->shape, ", "), fmt::join(shape, ", ")));
    const auto scaleName = fmt::format("{}.scale", name);
    if (view->type != TensorType::UInt8 || !file.find(scaleName))
        return fromView(*view);
    const auto scale = named(file, fileName, scaleName, {view->shape[0]});
    if (!scale)
        return fail(scale.error());
    return fromView(*view).sub(128).mul(scale->unsqueeze(1));
}

std::vector<float> toFloats(const at::Tensor &tensor)
{
    const auto dense = tensor.to(at::kFloat).contiguous();
    const auto *values = dense.data_ptr<float>();
    return {values, values + dense.numel()};
}

void useOneThread()
{
    thread_local bool done = false;
    if (!done)
        at::set_num_threads(1);
    done = true;
}

std::string firstLine(const std::exception &error)
{
    const std::string_view text = error.what();
    return std::string(text.substr(0, text.find('\n')));
}

} // namespace photolex::tensor
