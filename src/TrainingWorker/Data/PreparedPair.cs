using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Data;

/// <summary>The same anatomy in both modalities, pixel by pixel.</summary>
public sealed class PreparedPair(IReadOnlyDictionary<Modality, PreparedPicture> pictures)
{
    public PreparedPicture this[Modality modality] => pictures[modality];
}
