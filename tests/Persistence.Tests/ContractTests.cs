using System.Text.Json;
using Gateway.Contracts;

namespace Gateway.Persistence.Tests;

public class ContractTests
{
    [Fact]
    public void Every_contract_is_found_by_its_full_name()
    {
        Assert.Equal(typeof(TranslateSeries), ContractTypes.Resolve("Gateway.Contracts.TranslateSeries"));
        Assert.Equal(
            typeof(StudyReceived).Assembly.GetExportedTypes().Count(type => type.Namespace == "Gateway.Contracts"),
            ContractTypes.All.Count);
        Assert.All(ContractTypes.All, pair => Assert.Equal(pair.Key, ContractTypes.NameOf(pair.Value)));
    }

    [Fact]
    public void What_is_not_a_contract_fails_by_name()
    {
        Assert.Equal(
            "Gateway.Contracts.Nope",
            Assert.Throws<UnknownContractException>(() => ContractTypes.Resolve("Gateway.Contracts.Nope")).ContractName);
        Assert.Throws<UnknownContractException>(() => ContractTypes.NameOf(typeof(string)));
    }

    [Fact]
    public void A_message_without_a_required_member_is_not_read() =>
        Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize<StudyReceived>("""{"studyId":"01a20500-0000-7000-8000-000000000000"}""", ContractTypes.Json));

    [Fact]
    public void A_message_from_before_a_member_was_added_is_still_read()
    {
        var message = JsonSerializer.Deserialize<TranslateSeries>(
            """{"seriesId":"01a20500-0000-7000-8000-000000000000","revision":3}""", ContractTypes.Json)!;

        Assert.Equal(3, message.Revision);
        Assert.Null(message.Direction);
    }
}
