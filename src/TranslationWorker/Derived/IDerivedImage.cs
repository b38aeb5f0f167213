using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>The image module of a derived object, by its SOP class: how pixels, units and windows are written.</summary>
internal interface IDerivedImage
{
    /// <param name="dataset">With Rows and Columns in it.</param>
    /// <param name="source">The slice that was translated.</param>
    /// <param name="pixels">In <see cref="ModalityProfile.MadeRange"/> of the modality that is made, its air outside the head.</param>
    /// <param name="derivation">Model, and what is shown black and white.</param>
    void Write(DicomDataset dataset, DicomDataset source, float[] pixels, Derivation derivation);

    /// <summary>What is best shown black and white of these pixels.</summary>
    /// <param name="made">What the generator's -1 and 1 stand for.</param>
    (float Low, float High) Shown(float[] pixels, GreyRange made);

    /// <summary>Where the values hold, in a few capitals for the picture; empty where they are arbitrary.</summary>
    string Range(Derivation derivation);

    /// <summary>The sentence on units for the derivation's description.</summary>
    string Units(Derivation derivation);
}
