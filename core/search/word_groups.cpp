#include "core/search/examples.h"

namespace photolex::search {

std::span<const WordGroup> wordGroups()
{
    // Words of one group exclude each other well enough in one picture, and are common in captions.
    static const std::vector<WordGroup> groups{
        {Attribute::Colour, {"red", "blue", "green", "yellow", "white", "black", "orange", "pink", "brown"}},
        {Attribute::Animal, {"dog", "cat", "horse", "bird", "cow", "sheep", "elephant", "fish"}},
        {Attribute::Light, {"night", "sunset", "day"}},
        {Attribute::Light, {"indoors", "outdoors"}},
        {Attribute::Place, {"beach", "mountain", "forest", "street", "field", "lake", "desert"}},
        {Attribute::Ground, {"snow", "grass", "sand", "water"}},
        {Attribute::Clothes, {"shirt", "dress", "jacket", "suit"}},
        {Attribute::Clothes, {"hat", "helmet", "sunglasses"}},
        {Attribute::Vehicle, {"car", "bicycle", "motorcycle", "bus", "boat", "train", "truck", "airplane"}},
        {Attribute::Person, {"man", "woman", "boy", "girl", "baby"}},
        {Attribute::Sport, {"football", "basketball", "tennis", "baseball", "surfing", "skateboarding", "skiing"}},
        {Attribute::Food, {"pizza", "cake", "salad", "sandwich", "soup", "fruit", "meat"}},
    };
    return groups;
}

} // namespace photolex::search
