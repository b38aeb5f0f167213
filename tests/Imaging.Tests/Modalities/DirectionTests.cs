using System.Text.Json;
using Gateway.Imaging.Modalities;

namespace Gateway.Imaging.Tests.Modalities;

public sealed class DirectionTests
{
    [Fact]
    public void A_direction_is_its_name_and_its_reverse_leads_back()
    {
        var direction = Direction.Parse("t2-ct");

        Assert.Equal(ShippedModalities.T2.Direction, direction);
        Assert.Equal("ct-t2", direction.Reverse.Name);
        Assert.Equal(direction, direction.Reverse.Reverse);
    }

    [Theory, InlineData(""), InlineData("t2"), InlineData("t2-ct-pd"), InlineData("t2-"), InlineData("../x-ct")]
    public void What_is_no_direction_is_refused(string name) => Assert.Throws<FormatException>(() => Direction.Parse(name));

    [Fact]
    public void A_modality_is_written_as_it_always_was_and_read_in_either_case()
    {
        Assert.Equal("\"Ct\"", JsonSerializer.Serialize(ShippedModalities.Ct.Modality));
        Assert.Equal(ShippedModalities.T2.Modality, JsonSerializer.Deserialize<Modality>("\"T2\""));
        Assert.Equal(ShippedModalities.T2.Modality, JsonSerializer.Deserialize<Modality>("\"t2\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Modality>("\"../t2\""));
    }
}
