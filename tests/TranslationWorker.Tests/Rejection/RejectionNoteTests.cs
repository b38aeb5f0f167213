using Gateway.TranslationWorker.Tests.Derived;

namespace Gateway.TranslationWorker.Tests.Rejection;

/// <summary>What archives are sent of a result that was superseded: the note that rejects it, and the one that takes its place.</summary>
public sealed class RejectionNoteTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void A_rejection_note_is_a_valid_document_of_the_rejected_images_study(Direction direction)
    {
        var made = DerivedSample.Write(Source(direction), direction);
        var note = RejectionNote.Write([made.Dataset], RejectionTitle.Quality, Now);

        DerivedTools.Validate(_sample.Save(note, "note.dcm"));
        DerivedTools.ValidateTogether(_sample.Save(made, "made.dcm"), _sample.Save(note, "note.dcm"));
        Assert.Equal("113001", note.Dataset.GetSequence(DicomTag.ConceptNameCodeSequence).Items[0].GetString(DicomTag.CodeValue));
    }

    [Fact]
    public void The_same_rejection_has_the_same_UIDs_and_another_title_has_others()
    {
        var made = DerivedSample.Write(Source(Shipped.T2ToCt), Shipped.T2ToCt).Dataset;
        string Uid(RejectionTitle title, int hours) =>
            RejectionNote.Write([made], title, Now.AddHours(hours)).Dataset.GetString(DicomTag.SOPInstanceUID);

        Assert.Equal(Uid(RejectionTitle.Quality, 0), Uid(RejectionTitle.Quality, 1));
        Assert.NotEqual(Uid(RejectionTitle.Quality, 0), Uid(RejectionTitle.Worklist, 0));
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void The_second_result_has_UIDs_of_its_own_and_says_that_it_is_one(Direction direction)
    {
        var source = Source(direction).AddOrUpdate(DicomTag.SeriesDescription, new string('x', 64));
        var (first, second) = (DerivedSample.Write(source, direction), DerivedSample.Write(source, direction));

        Rendition.Mark([second], 2);

        DerivedTools.Validate(_sample.Save(second, "second.dcm"));
        var said = second.Dataset.GetString(DicomTag.SeriesDescription);
        Assert.Matches($"^SYNTHETIC {(direction == Shipped.T2ToCt ? "CT" : "MR")} \\(AI\\) rev 2 from x+ - not for diagnosis$", said);
        Assert.Equal(64, said.Length);
        Assert.All(
            [DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID],
            tag => Assert.NotEqual(first.Dataset.GetString(tag), second.Dataset.GetString(tag)));
        Assert.Equal(
            second.Dataset.GetString(DicomTag.SOPInstanceUID), second.FileMetaInfo.GetString(DicomTag.MediaStorageSOPInstanceUID));
    }

    private static DicomDataset Source(Direction direction) => DerivedSources.Handmade(direction);
}
