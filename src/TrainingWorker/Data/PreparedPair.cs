using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Data;

/// <summary>The same anatomy in both modalities, pixel by pixel.</summary>
public sealed class PreparedPair(IReadOnlyDictionary<Modality, PreparedPicture> pictures)
{
    public PreparedPicture this[Modality modality] => pictures[modality];

    /// <summary>The CT over <see cref="GreyRange.Wide"/>; null where it is not known.</summary>
    public PreparedPicture? Wide { get; init; }

    /// <summary>0 or the kind of the finding at each pixel; null for none.</summary>
    public PreparedPicture? Finding { get; init; }

    /// <summary>Number of the main tissue at each pixel, as <see cref="PairTissue"/> has them, 0 outside the head; null where it is not
    /// known.</summary>
    public PreparedPicture? Tissue { get; init; }

    /// <summary>What the folder's list says of it; null without a list.</summary>
    public ListedPair? Entry { get; init; }

    /// <summary>The same with every picture changed, and every map of codes.</summary>
    internal PreparedPair Map(Func<PreparedPicture, PreparedPicture> picture, Func<PreparedPicture, PreparedPicture> codes) =>
        new(pictures.ToDictionary(side => side.Key, side => picture(side.Value)))
        {
            Wide = Wide is null ? null : picture(Wide),
            Finding = Finding is null ? null : codes(Finding),
            Tissue = Tissue is null ? null : codes(Tissue),
            Entry = Entry,
        };
}
