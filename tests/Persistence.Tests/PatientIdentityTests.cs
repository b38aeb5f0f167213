using CsCheck;

namespace Gateway.Persistence.Tests;

/// <summary>Who is taken for one person, and who is not.</summary>
public sealed class PatientIdentityTests
{
    private static readonly Gen<PatientIdentity> Any = Gen.Select(
        OneOf("", "A", "B"), OneOf("", "X", "Y"), OneOf("", "DOE^JOHN", "Doe^J.", "ROE^ANNA"),
        OneOf("", "19700101", "19800202"), OneOf("", "F", "M"),
        (id, issuer, name, born, sex) => new PatientIdentity(id, issuer, name, born, sex));

    [Theory]
    [InlineData("A|X|DOE^JOHN|19700101|M", "A|X|DOE^JOHN|19700101|M")]
    [InlineData("A||DOE^JOHN|19700101|M", "A||Doe^John^^^|19700101|M")]
    [InlineData("A||MÜLLER^ÉVA|19700101|F", "A||Muller Eva|19710101|F")]
    [InlineData("A||GROßMÜLLER|19700101|F", "A||GROSSMUELLER|19710101|F")]
    [InlineData("A||MÃ¼LLER|19700101|F", "A||MÜLLER|19710101|F")]
    [InlineData("A||Doe^J.|19700101|M", "A||DOE^JOHN||")]
    [InlineData("A||DOE^ANNA|19700101|F", "A||ROE^ANNA|19700102|F")]
    [InlineData("A||DOE^ANNA|19700101|F", "A||ROE^SUSAN|19700101|F")]
    [InlineData("A||DOE^ANNA|19700101|F", "A||||")]
    [InlineData("A||DOE^ANNA|19700101|F", "A||ROE^JOHN||M")]
    [InlineData("A|X|DOE^JOHN|19700101|M", "A||DOE^JOHN|19700101|M")]
    [InlineData("A||$)C뇌^John|19700101|M", "A||ROE^SUSAN|19700101|M")]
    [InlineData("||DOE^JOHN|19700101|M", "||Doe^J||")]
    [InlineData("||||", "||DOE^JOHN|19700101|M")]
    public void Spellings_of_one_person_are_no_conflict(string one, string other) => Assert.False(Read(one).DiffersFrom(Read(other)));

    [Theory]
    [InlineData("A||DOE^JOHN|19700101|M", "B||DOE^JOHN|19700101|M")]
    [InlineData("A||DOE^JOHN|19700101|M", "a||DOE^JOHN|19700101|M")]
    [InlineData("12||DOE^JOHN|19700101|M", "0012||DOE^JOHN|19700101|M")]
    [InlineData("A|X|DOE^JOHN|19700101|M", "A|Y|DOE^JOHN|19700101|M")]
    [InlineData("A||DOE^JOHN|19700101|M", "||DOE^JOHN|19700101|M")]
    [InlineData("A||DOE^JOHN|19700101|M", "A||ROE^ANNA|19800202|F")]
    [InlineData("A||김^희중|19700101|M", "A||박^민수|19800202|M")]
    [InlineData("A||MÜLLER|19700101|M", "A||MAYER|19800202|F")]
    [InlineData("||DOE^JOHN|19700101|M", "||ROE^ANNA|19700101|M")]
    [InlineData("||DOE^JOHN|19700101|M", "||DOE^JOHN|19800202|M")]
    public void Two_persons_are(string one, string other) => Assert.True(Read(one).DiffersFrom(Read(other)));

    [Fact]
    public void The_order_of_images_says_nothing() => Any.Array[0, 5].Sample(patients =>
    {
        var conflict = PatientIdentity.AnyDiffer(patients);
        return PatientIdentity.AnyDiffer([.. patients.Reverse()]) == conflict
            && PatientIdentity.AnyDiffer([.. patients.Concat(patients)]) == conflict
            && Array.TrueForAll(patients, one => !one.DiffersFrom(one)
                && Array.TrueForAll(patients, other => one.DiffersFrom(other) == other.DiffersFrom(one)));
    });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static PatientIdentity Read(string text) =>
        text.Split('|') is [var id, var issuer, var name, var born, var sex]
            ? new(id, issuer, name, born, sex) : throw new FormatException(text);
}
