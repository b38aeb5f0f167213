using Gateway.Testing;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.TrainingSets;

public sealed class ListedPairTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_of_pairs_is_read_as_it_was_written()
    {
        ListedPair[] pairs = [
            new() { Name = "a-1", Head = "a", Split = ListedPair.Train, LevelMm = -12.5, ThicknessMm = 5, Findings = ["AcuteBlood"] },
            new() { Name = "b-1", Head = "b", Split = ListedPair.Test },
        ];

        ListedPair.Save(_folder.Path, pairs);

        var read = ListedPair.Load(_folder.Path)!;
        Assert.Equal(pairs.Select(pair => pair with { Findings = [] }), read.Select(pair => pair with { Findings = [] }));
        Assert.Equal(["AcuteBlood"], read[0].Findings);
    }

    [Fact]
    public void A_folder_without_a_list_has_none() => Assert.Null(ListedPair.Load(_folder.Path));

    [Theory]
    [InlineData("""[{"name":"1","head":"a","split":"train"},{"name":"2","head":"a","split":"test"}]""", "head a is in more than one split")]
    [InlineData("""[{"name":"a1"}]""", "is no list of pairs")]
    [InlineData("nothing", "is no list of pairs")]
    public void A_list_that_would_judge_by_what_was_trained_on_or_is_damaged_is_refused(string text, string why)
    {
        File.WriteAllText(_folder.Combine(ListedPair.FileName), text);

        var fault = Assert.Throws<InvalidDataException>(() => ListedPair.Load(_folder.Path));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }
}
