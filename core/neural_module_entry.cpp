// The one function that the neural module exports: it hands every room its backend (core/base/neural_module.h).
#include "core/caption/nn/graph.h"
#include "core/image/nn/efficientnet_lite.h"
#include "core/image/nn/outside_network.h"
#include "core/image/outside.h"
#include "core/joint/nn/encoders.h"
#include "core/train/nn/fine_tune.h"
#include "core/train/nn/language.h"
#include "core/train/nn/loop.h"

extern "C" __attribute__((visibility("default"))) void photolex_neural_module()
{
    photolex::image::Network::setBackend(photolex::image::nn::openEfficientNetLite2);
    photolex::image::setOutsideBackend(photolex::image::nn::openOutsideNetwork);
    photolex::joint::Encoder::setBackend(photolex::joint::nn::openEncoder);
    photolex::caption::LanguageModel::setBackend(photolex::caption::nn::openLanguageModel);
    photolex::train::setEncoderBackend(photolex::train::nn::trainEncoder);
    photolex::train::setFineTuneBackend(photolex::train::nn::fineTune);
    photolex::train::setLanguageBackend(photolex::train::nn::trainLanguageModel);
}
