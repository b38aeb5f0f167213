using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>Which image module a derived object of a modality has.</summary>
internal static class DerivedImage
{
    private static readonly Dictionary<DicomUID, IDerivedImage> BySopClass = new()
    {
        [DicomUID.CTImageStorage] = new DerivedCt(),
        [DicomUID.MRImageStorage] = new DerivedMr(),
    };

    /// <exception cref="KeyNotFoundException">Nobody writes objects of the profile's SOP class.</exception>
    public static IDerivedImage Of(ModalityProfile profile) => BySopClass[profile.SopClass];
}
