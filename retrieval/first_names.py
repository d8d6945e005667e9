"""Common first names by the pronoun that goes with them; a name that goes with both is in neither list."""

from __future__ import annotations

MALE = frozenset(
    """Aaron Abdul Abdullah Abraham Adam Adolf Adrian Ahmad Ahmed Alan Albert Alberto Alejandro Aleksandr
    Alexander Alexandre Alexei Alexey Alfred Ali Allan Allen Alvin Amir Anatoly Anders Andre Andreas Andrei
    Andres Andrew Andrey Andrzej Andy Angelo Anthony Antoine Anton Antonio Antony Arjun Arnold Arthur Arturo Asif
    Barack Barry Bashar Ben Benjamin Benny Bernard Bernie Bert Bill Billy Bob Bobby Boris Brad Bradley Brandon
    Brendan Brent Brett Brian Bruce Bruno Bryan Byron Caleb Calvin Carl Carlo Carlos Cedric Cesar Charles Charlie
    Chester Chris Christian Christoph Christopher Chuck Clarence Claude Clayton Cliff Clifford Clive Clyde Colin
    Connor Conor Craig Curtis Cyril Damian Damien Dan Daniel Danny Darren Darryl Dave David Dean Declan Dennis
    Derek Derrick Diego Dieter Dimitri Dirk Dmitri Dmitry Dmytro Dominic Don Donald Donny Doug Douglas Duncan
    Dwight Earl Ed Eddie Edgar Eduardo Edward Edwin Eli Elias Elliot Emanuel Emmanuel Enrique Eric Erik Ernest
    Ernesto Ethan Eugene Evan Evgeny Fabio Felipe Felix Ferdinand Fernando Fidel Florian Floyd Francesco
    Francisco Francois Frank Frankie Franklin Franz Fred Freddie Frederick Friedrich Gabriel Gareth Garry Gary
    Gavin Geoff Geoffrey George Georg Gerald Gerard Gerhard Gianluca Giorgio Giovanni Giuseppe Glen Glenn Gordon
    Graeme Graham Grant Greg Gregg Gregory Guido Guillermo Gustavo Guy Hamid Hans Harold Harry Harvey Hassan
    Hector Heinrich Helmut Henri Henrik Henry Herbert Herman Hiroshi Horst Howard Hubert Hugh Hugo Humza Hussein
    Ian Ibrahim Igor Ilham Imran Isaac Isaiah Ismail Ivan Ivor Jack Jacob Jacques Jair Jake Jamal James Jamie
    Jan Jared Jason Javier Jay Jean-Claude Jean-Luc Jeff Jeffrey Jens Jeremiah Jeremy Jerome Jerry Jesus Jim
    Jimmy Joachim Joao Joe Joel Johan Johann Johannes John Johnny Jon Jonas Jonathan Jorge Jose Josef Joseph
    Josh Joshua Juan Julian Julio Jurgen Jürgen Justin Kamal Karim Karl Keir Keith Ken Kenneth Kenny Kevin Khalid
    Klaus Konstantin Kurt Kyle Lance Larry Lars Laurence Laurent Lawrence Lee Leo Leon Leonard Leonid Leroy
    Leslie Lewis Liam Lionel Lloyd Logan Lorenzo Lou Louis Luca Lucas Luigi Luis Luiz Lukas Luke Maarten Mahmoud
    Malcolm Manuel Marc Marcel Marcelo Marco Marcos Marcus Mario Mark Markus Marshall Martin Marvin Massimo
    Mateusz Mathias Matt Matteo Matthew Matthias Maurice Mauricio Max Maxim Mehmet Michael Michel Miguel Mikhail
    Mike Mikael Milan Miles Mitch Mitchell Mohamed Mohammad Mohammed Moses Muhammad Mustafa Naftali Narendra Nathan
    Nathaniel Ned Neil Nelson Nicholas Nick Nicolas Nigel Nikita Nikolai Noah Norman Olaf Oleg Oliver Olivier
    Omar Oscar Otto Owen Pablo Paddy Paolo Patrick Paul Paulo Pavel Pedro Per Pete Peter Petr Petro Phil Philip
    Philippe Phillip Pierre Piotr Quentin Rafael Ralph Ramon Raul Ravi Ray Raymond Recep Reginald Reinhard Rene
    Ricardo Richard Rick Rishi Rob Robbie Robert Roberto Rodney Rodrigo Roger Roland Rolf Roman Ron Ronald Ronnie
    Ross Roy Rupert Russell Ryan Salman Salvador Sam Samuel Sanjay Sean Sebastian Serge Sergei Sergey Sergio Seth Shane
    Shaun Shinzo Simon Stanley Stefan Stephan Stephen Steve Steven Stewart Stuart Sven Ted Terence Terry Theo
    Theodore Thierry Thomas Tim Timothy Tobias Toby Todd Tom Tommy Tony Travis Trevor Troy Tyler Umberto Uwe
    Valentin Vernon Victor Vijay Viktor Vince Vincent Vincenzo Vitali Vitaly Vladimir Volodymyr Walter Warren
    Wayne Werner Wilfred Wilhelm Will William Willie Wolfgang Xavier Yair Yevgeny Yitzhak Yuri Yusuf Zachary
    Zoran Benedict Magnus Nils Bjorn Björn Søren Gianni Jürgen Jean-Pierre Hakan Emre Dominik Oleksandr
    Oleksiy Serhiy Andriy Mykhailo Vasyl Kofi Kwame Ban Shigeru Kenji Takeshi Alistair Alastair Angus Callum Ewan
    Fraser Hamish Rory Finlay Gethin Rhys Gwyn Dylan Iain Alasdair Ciaran Eoin Padraig Seamus Niall Tariq
    Sajid Kwasi Rashid Faisal Yousef Nabil Sami Bilal Hamza Mo Joey Zach Jesse Chad Kirk Lester Rudy Rex Rod Norm""".split()
)
FEMALE = frozenset(
    """Abigail Ada Adele Adriana Agnes Aisha Alejandra Alexandra Alice Alicia Alina Alison Allison Alyssa Amanda
    Amber Amelia Amina Amy Ana Anastasia Andrea Angela Angelica Angelina Anita Ann Anna Annabel Annalena Anne
    Annette Annie April Ariana Arlene Astrid Audrey Ava Barbara Beatrice Beatriz Becky Belinda Bernadette Beth
    Bethany Betty Beverly Bianca Birgit Bonnie Brenda Bridget Britney Brooke Camilla Camille Candace Carla Carmen
    Carol Carole Caroline Carolyn Carrie Catherine Cathy Cecilia Celia Celine Charlotte Chelsea Cherie Cheryl
    Chiara Chloe Christina Christine Cindy Clara Clare Claudia Colleen Condoleezza Connie Constance Cristina
    Crystal Cynthia Daisy Daniela Danielle Daphne Dawn Debbie Deborah Debra Deirdre Delia Denise Diana Diane Dina
    Dolores Dominique Donna Dora Doris Dorothy Edith Eileen Elaine Eleanor Elena Elisabeth Eliza Elizabeth Ella
    Ellen Ellie Elsa Elsie Emilia Emily Emma Erica Erika Erin Erna Esther Ethel Eva Eve Evelyn Farah Fatima
    Faye Fiona Flora Florence Frances Francesca Freya Gabriela Gabriella Gail Georgia Geraldine Gertrude Gillian
    Gina Ginny Giorgia Gisele Gladys Gloria Grace Greta Gwen Gwendolyn Hannah Harriet Hazel Heather Heidi Helen
    Helena Helga Hilary Hillary Holly Ida Imogen Ines Ingrid Irene Irina Iris Isabel Isabella Isabelle Isla Ivana
    Ivanka Jacinda Jackie Jacqueline Jana Jane Janet Janice Janine Jasmine Jean Jeanette Jeanne Jennifer Jenny
    Jessica Jill Jo Joan Joanna Joanne Jocelyn Josephine Joy Joyce Juana Judith Judy Julia Juliana Julie Juliet
    June Kamala Karen Karin Karla Karoline Kate Katerina Katherine Kathleen Kathryn Kathy Katie Katya Kayla Keira Kelly
    Kerry-Ann Kersti Kimberly Kirsten Kirsty Kristen Kristin Kristina Kylie Lara Larisa Laura Lauren Leah Leila
    Lena Leonor Leticia Libby Lidia Lily Linda Lisa Liz Liza Lois Lola Loretta Lorraine Louisa Louise Lucia Lucy
    Ludmila Luisa Lydia Lynda Lynn Lynne Mabel Madeleine Madison Maggie Maia Malala Mandy Manuela Marcia Margaret
    Margarita Margot Maria Marianne Marie Marilyn Marina Marine Marjorie Marlene Marsha Marta Martha Martina Mary
    Matilda Maud Maureen Maya Meg Megan Meghan Melanie Melinda Melissa Mercedes Meredith Mia Michaela Michelle
    Mildred Millie Miranda Miriam Moira Molly Mona Monica Monika Muriel Myra Nadia Nadine Nancy Naomi Natalia
    Natalie Natasha Nell Nelly Nicola Nicole Nikki Nina Nora Norma Odessa Olena Olga Olivia Oprah Paige Pam Pamela
    Patricia Patty Paula Pauline Pearl Peggy Penelope Penny Petra Philippa Phoebe Phyllis Pippa Polly Priscilla
    Priya Rachel Ramona Rania Rebecca Regina Renata Renee Rhonda Rita Roberta Rosa Rosalind Rosanna Rose
    Rosemary Rosie Roxanne Ruby Ruth Sabine Sabrina Sally Samantha Sandra Sanna Sara Sarah Saskia Scarlett
    Serena Shabana Shannon Sharon Sheila Shelley Sheryl Shirley Silvia Simone Sinead Siobhan Sofia Sonia Sophia
    Sophie Stacey Stella Stephanie Stormy Sue Susan Susanna Susanne Suzanne Svetlana Sylvia Tamara Tania Tanya
    Tara Tatiana Teresa Tessa Thelma Theresa Tiffany Tina Tracey Tricia Ulrike Ursula Valentina Valerie Vanessa
    Vera Verena Veronica Vicky Victoria Viola Violet Virginia Viviane Vivian Vivien Wanda Wendy Whitney
    Wilma Winifred Xenia Yasmin Yolanda Yulia Yvette Yvonne Zara Zoe Zoya Aoife Niamh Saoirse Roisin Carys Sian
    Ngozi Aung Ayesha Zainab Layla Noor Rukhsana Yvonne Oksana Iryna Maryna Kateryna Nataliya Anya Masha
    Priti Suella Kemi Nadine Angie Beyonce Rihanna Madonna Latoya Keisha Aaliyah Imani Mette Sigrid Kaja
    Chrystia Jennie Robyn Bronwyn Leanne Donnalyn Rochelle Cath Trish Gabby Maddie""".split()
)
