using System.Reflection;
using System.Runtime.CompilerServices;
using Gateway.Contracts;

namespace Gateway.Architecture.Tests;

/// <summary>Messages outlive the process that wrote them, and they are copied into logs, traces and error queues.</summary>
public class ContractShapeTests
{
    // What may travel: identities, numbers, times, names of things we configure ourselves.
    private static readonly Type[] Plain = [
        typeof(Guid), typeof(int), typeof(long), typeof(bool), typeof(double), typeof(string), typeof(DateTimeOffset)];

    // A member added since may be missing from a message in flight: it can be null, and whoever reads it does without.
    private static readonly string[] Optional = ["TranslateSeries.Direction"];

    private static readonly string[] Private = ["Patient", "Uid", "Accession", "Pixel", "Birth", "Path"];

    /// <summary>What else lies in the assembly (reasons) has a namespace of its own and is never a message.</summary>
    public static TheoryData<Type> Contracts => [.. Messages()];

    [Theory, MemberData(nameof(Contracts))]
    public void A_message_is_a_sealed_record_without_a_base(Type contract)
    {
        Assert.True(contract.IsSealed && contract.GetMethod("<Clone>$") is not null, "a sealed record");
        Assert.Equal(typeof(object), contract.BaseType);
        Assert.DoesNotContain(
            contract.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly), IsWrittenByHand);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void Its_members_are_required_or_came_later_and_never_change(Type contract)
    {
        Assert.NotEmpty(contract.GetProperties());
        Assert.All(contract.GetProperties(), member =>
        {
            if (Optional.Contains($"{contract.Name}.{member.Name}"))
                Assert.Equal(NullabilityState.Nullable, new NullabilityInfoContext().Create(member).ReadState);
            else
                Assert.True(member.IsDefined(typeof(RequiredMemberAttribute)), $"{member.Name} is required");
            Assert.Contains(typeof(IsExternalInit), member.SetMethod!.ReturnParameter.GetRequiredCustomModifiers());
        });
    }

    [Theory, MemberData(nameof(Contracts))]
    public void It_carries_identities_and_never_pixels_or_patients(Type contract) =>
        Assert.All(contract.GetProperties(), member =>
        {
            Assert.Contains(member.PropertyType, Plain);
            Assert.DoesNotContain(Private, word => member.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
        });

    /// <summary>Old messages wait in queues and outboxes while versions change: a line here may be added, never altered.</summary>
    [Fact]
    public void Messages_in_flight_can_still_be_read() => Assert.Equal(
        [
            "DeliverSeries.Destination String",
            "DeliverSeries.SeriesId Guid",
            "ModelActivated.Digest String",
            "ModelActivated.Direction String",
            "ModelTrained.JobId Guid",
            "PublishImagingStudy.StudyId Guid",
            "RequestCommitment.Destination String",
            "RequestCommitment.SeriesId Guid",
            "ResultJudged.SeriesId Guid",
            "SendToFhirServer.StudyId Guid",
            "SeriesReleased.Revision Int32",
            "SeriesReleased.SeriesId Guid",
            "SeriesSent.Destination String",
            "SeriesSent.SeriesId Guid",
            "SeriesTranslated.DerivedSeriesId Guid",
            "SeriesTranslated.SeriesId Guid",
            "ShadowSeries.Revision Int32",
            "ShadowSeries.SeriesId Guid",
            "StudyReceived.Revision Int32",
            "StudyReceived.StudyId Guid",
            "TrainModel.JobId Guid",
            "TranslateSeries.Direction String",
            "TranslateSeries.Revision Int32",
            "TranslateSeries.SeriesId Guid",
        ],
        from contract in Messages()
        from member in contract.GetProperties()
        let line = $"{contract.Name}.{member.Name} {member.PropertyType.Name}"
        orderby line
        select line);

    private static IEnumerable<Type> Messages() =>
        typeof(StudyReceived).Assembly.GetExportedTypes().Where(type => type.Namespace == "Gateway.Contracts");

    private static bool IsWrittenByHand(MethodInfo method) =>
        !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name != "<Clone>$";
}
